export interface ServerSettings {
  readonly port: number;
  /** As PostgreSQL sees it; none when the path would be too long. */
  readonly socketDirectory: string | undefined;
  /** False only for throw-away test clusters: a crash of the machine may then lose everything. */
  readonly isDurable: boolean;
}

/**
 * The whole postgresql.conf, rewritten at each start. What an engineer sets with ALTER SYSTEM wins over it and stays.
 */
export function serverConfiguration({ port, socketDirectory, isDurable }: ServerSettings): string {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: socketDirectory ?? '',
    unix_socket_permissions: '0700',
    max_connections: '120',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: onOff(isDurable),
    synchronous_commit: onOff(isDurable),
    full_page_writes: onOff(isDurable),
    shared_buffers: isDurable ? '256MB' : '128MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    effective_cache_size: '1GB',
    random_page_cost: '1.1',
    jit: 'off',
    wal_level: 'replica',
    max_wal_size: '2GB',
    min_wal_size: '128MB',
    checkpoint_timeout: '15min',
    shared_preload_libraries: 'pg_stat_statements',
    track_io_timing: 'on',
    // A deadlock is retried by the caller: the sooner it is found, the less the others wait.
    deadlock_timeout: '200ms',
    log_lock_waits: 'on',
    log_min_duration_statement: '1s',
    log_min_messages: 'warning',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] %q%u@%d ',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  return `# Written by Mbayar at each start: change settings with ALTER SYSTEM.\n${lines.join('\n')}\n`;
}

function onOff(isOn: boolean): string {
  return isOn ? 'on' : 'off';
}
