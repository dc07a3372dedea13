import { Client } from 'pg';

/**
 * The schema of a database as text, read from its catalogue: the same text for the same schema on every PostgreSQL
 * from 15 to 18, whoever owns it and in whatever order it was made. What it prints is meant to be read and compared;
 * a database is made by the migrations.
 */
export async function printSchema(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    // With an empty path every name is printed with its schema.
    await client.query("SET search_path = ''");
    const lines: string[] = ['-- Printed by `npm run schema` from the migrated database. Not to be edited.'];
    const { rows: migrations } = await client.query<{ line: string }>(migrationQuery);
    lines.push('-- It is the result of', ...migrations.map(({ line }) => line));
    const { rows: schemas } = await client.query<{ name: string }>(schemaQuery);
    for (const { name } of schemas) {
      for (const query of [
        typeQuery,
        sequenceQuery,
        tableQuery,
        indexQuery,
        viewQuery,
        functionQuery,
        triggerQuery,
        grantQuery,
      ]) {
        const { rows } = await client.query<{ line: string }>(query, [name]);
        if (rows.length > 0) lines.push('', ...rows.map(({ line }) => line));
      }
    }
    return `${lines.join('\n')}\n`;
  } finally {
    await client.end();
  }
}

const migrationQuery = `SELECT '-- ' || file AS line FROM public.schema_migration ORDER BY version`;

/** The queue's own schema is left out: it is the library's, and it has tables named after the day they were made. */
const schemaQuery = `
  SELECT nspname AS name FROM pg_catalog.pg_namespace
  WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'pgboss')
  ORDER BY nspname COLLATE "C"`;

/** What an extension brought along is the extension's. */
const notOfExtension = (catalogue: string, oid: string) => `
  NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.${catalogue}'::pg_catalog.regclass AND d.objid = ${oid} AND d.deptype = 'e')`;

const typeQuery = `
  SELECT pg_catalog.format('CREATE TYPE %I.%I AS ENUM (%s);', n.nspname, t.typname, labels.list) AS line
  FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace,
    LATERAL (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(enumlabel), ', ' ORDER BY enumsortorder) AS list
      FROM pg_catalog.pg_enum WHERE enumtypid = t.oid) labels
  WHERE n.nspname = $1 AND t.typtype = 'e' AND ${notOfExtension('pg_type', 't.oid')}
  UNION ALL
  SELECT pg_catalog.format('CREATE DOMAIN %I.%I AS %s%s%s;', n.nspname, t.typname,
    pg_catalog.format_type(t.typbasetype, t.typtypmod), CASE WHEN t.typnotnull THEN ' NOT NULL' END,
    (SELECT pg_catalog.string_agg(' CONSTRAINT ' || conname || ' ' || pg_catalog.pg_get_constraintdef(oid), '' ORDER BY conname)
      FROM pg_catalog.pg_constraint WHERE contypid = t.oid AND contype = 'c'))
  FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  WHERE n.nspname = $1 AND t.typtype = 'd' AND ${notOfExtension('pg_type', 't.oid')}
  ORDER BY line`;

/** Sequences of identity columns are part of their column. */
const sequenceQuery = `
  SELECT pg_catalog.format('CREATE SEQUENCE %I.%I AS %s START %s INCREMENT %s MINVALUE %s MAXVALUE %s%s;',
    n.nspname, c.relname, pg_catalog.format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
    CASE WHEN s.seqcycle THEN ' CYCLE' END) AS line
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
  WHERE n.nspname = $1 AND ${notOfExtension('pg_class', 'c.oid')}
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
      WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'i')
  ORDER BY line`;

/** Columns in their order, then constraints by name; not-null belongs to the column on every version. */
const tableQuery = `
  SELECT pg_catalog.format(E'CREATE%s TABLE %I.%I (\\n%s\\n)%s%s;', CASE c.relpersistence WHEN 'u' THEN ' UNLOGGED' END,
    n.nspname, c.relname, pg_catalog.concat_ws(E',\\n', columns.list, constraints.list),
    ' PARTITION BY ' || pg_catalog.pg_get_partkeydef(c.oid),
    ' WITH (' || pg_catalog.array_to_string(c.reloptions, ', ') || ')')
    || CASE WHEN c.relispartition
         THEN E'\\n-- a partition of ' || (SELECT inhparent::pg_catalog.regclass::text FROM pg_catalog.pg_inherits WHERE inhrelid = c.oid)
           || ' ' || pg_catalog.pg_get_expr(c.relpartbound, c.oid)
         ELSE '' END
    || CASE WHEN c.relrowsecurity THEN E'\\n-- row level security' ELSE '' END AS line
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,
    LATERAL (
      SELECT pg_catalog.string_agg(pg_catalog.format('  %I %s%s%s%s', a.attname,
        pg_catalog.format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attcollation NOT IN (0, (SELECT typcollation FROM pg_catalog.pg_type WHERE oid = a.atttypid))
          THEN (SELECT ' COLLATE ' || pg_catalog.quote_ident(collname) FROM pg_catalog.pg_collation WHERE oid = a.attcollation) END,
        CASE WHEN a.attnotnull THEN ' NOT NULL' END,
        CASE WHEN a.attidentity = 'a' THEN ' GENERATED ALWAYS AS IDENTITY'
          WHEN a.attidentity = 'd' THEN ' GENERATED BY DEFAULT AS IDENTITY'
          WHEN a.attgenerated <> '' THEN ' GENERATED ALWAYS AS (' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) || ') STORED'
          WHEN d.adbin IS NOT NULL THEN ' DEFAULT ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) END
        ), E',\\n' ORDER BY a.attnum) AS list
      FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    ) columns,
    LATERAL (
      SELECT pg_catalog.string_agg(
        pg_catalog.format('  CONSTRAINT %I %s', conname, pg_catalog.pg_get_constraintdef(oid)), E',\\n' ORDER BY conname COLLATE "C") AS list
      FROM pg_catalog.pg_constraint WHERE conrelid = c.oid AND contype IN ('p', 'u', 'f', 'c', 'x')
    ) constraints
  WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND ${notOfExtension('pg_class', 'c.oid')}
  ORDER BY c.relname COLLATE "C"`;

/** Indexes that a constraint does not make. */
const indexQuery = `
  SELECT pg_catalog.pg_get_indexdef(i.indexrelid) || ';' AS line
  FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u', 'x'))
    AND ${notOfExtension('pg_class', 'c.oid')}
  ORDER BY c.relname COLLATE "C"`;

/**
 * PostgreSQL 15 names the table of every column, later ones only where it is needed: the names of tables go, those of
 * schemas stay.
 */
const viewQuery = `
  SELECT pg_catalog.format(E'CREATE%s VIEW %I.%I AS\\n%s', CASE c.relkind WHEN 'm' THEN ' MATERIALIZED' END,
    n.nspname, c.relname, pg_catalog.regexp_replace(pg_catalog.pg_get_viewdef(c.oid),
      '\\m(?!(?:' || (SELECT pg_catalog.string_agg(nspname, '|') FROM pg_catalog.pg_namespace) || ')\\.)[a-z_][a-z0-9_]*\\.', '', 'g')) AS line
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relkind IN ('v', 'm') AND ${notOfExtension('pg_class', 'c.oid')}
  ORDER BY c.relname COLLATE "C"`;

const functionQuery = `
  SELECT pg_catalog.rtrim(pg_catalog.pg_get_functiondef(p.oid), E'\\n') || ';' AS line
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname = $1 AND p.prokind IN ('f', 'p') AND ${notOfExtension('pg_proc', 'p.oid')}
  ORDER BY p.proname COLLATE "C", pg_catalog.pg_get_function_identity_arguments(p.oid)`;

const triggerQuery = `
  SELECT pg_catalog.pg_get_triggerdef(t.oid) || ';' || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' -- enabled: ' || t.tgenabled::text END AS line
  FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND NOT t.tgisinternal
  ORDER BY c.relname COLLATE "C", t.tgname COLLATE "C"`;

/** What others than the owner may do. Functions are everybody's unless that was taken away, so that is printed too. */
const grantQuery = `
  WITH object AS (
    SELECT 'SCHEMA ' || pg_catalog.quote_ident(n.nspname) AS name, n.nspowner AS owner, n.nspacl AS acl, NULL::text AS columns
    FROM pg_catalog.pg_namespace n WHERE n.nspname = $1
    UNION ALL
    SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE '' END || pg_catalog.format('%I.%I', n.nspname, c.relname),
      c.relowner, c.relacl, NULL
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND ${notOfExtension('pg_class', 'c.oid')}
    UNION ALL
    SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), c.relowner, a.attacl, pg_catalog.quote_ident(a.attname)
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = $1 AND a.attacl IS NOT NULL AND NOT a.attisdropped AND ${notOfExtension('pg_class', 'c.oid')}
    UNION ALL
    SELECT pg_catalog.format('FUNCTION %I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
      p.proowner, COALESCE(p.proacl, pg_catalog.acldefault('f', p.proowner)), NULL
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = $1 AND ${notOfExtension('pg_proc', 'p.oid')}
  ), granted AS (
    SELECT o.name, o.columns, g.privilege_type AS privilege,
      CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(g.grantee)::text END AS grantee
    FROM object o, LATERAL pg_catalog.aclexplode(o.acl) g
    WHERE g.grantee <> o.owner
  ), by_privilege AS (
    SELECT name, grantee, privilege || COALESCE(' (' || pg_catalog.string_agg(columns, ', ' ORDER BY columns COLLATE "C") || ')', '') AS privilege
    FROM granted GROUP BY name, grantee, privilege
  )
  SELECT pg_catalog.format('GRANT %s ON %s TO %s;', pg_catalog.string_agg(privilege, ', ' ORDER BY privilege COLLATE "C"), name, grantee) AS line
  FROM by_privilege
  WHERE name NOT IN ('SCHEMA public')
  GROUP BY name, grantee
  ORDER BY name COLLATE "C", grantee COLLATE "C"`;
