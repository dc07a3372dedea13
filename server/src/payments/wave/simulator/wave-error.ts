import type { WaveFaults } from './control.ts';

/** A refusal of the simulated Wave. */
export class WaveError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'WaveError';
    this.status = status;
    this.code = code;
  }
}

export function invalid(message: string): WaveError {
  return new WaveError(400, 'request-validation-error', message);
}

/** The four shapes in which Wave has been seen to tell an error. */
export function errorBody({ status, code, message }: WaveError, shape: WaveFaults['errorShape']): object {
  switch (shape) {
    case 'code':
      return { code, message, details: [] };
    case 'error':
      return { error: code, message };
    case 'error_code':
      return { error_code: code, error_message: message };
    case 'nested':
      return { error: { code, message, httpcode: status } };
  }
}
