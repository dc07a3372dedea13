/** What the pages show to whom. The routes decide again: a button that is not drawn is no lock. */
import type { StaffRole } from '#core/api/contract.ts';
import type { OfficeVisitor } from '#core/api/office-pages.ts';

/** Others read the desk and press nothing. */
export function runsGalas(visitor: OfficeVisitor | null): boolean {
  return visitor?.role === 'operator' || visitor?.role === 'robot';
}

/** Others look on. */
export function mayChangeSettings(visitor: OfficeVisitor | null): boolean {
  return visitor?.role === 'administrator' || visitor?.role === 'finance';
}

/** A room of the office: in the menu of those who may enter it, and on their first page. */
export interface Room {
  readonly href: string;
  readonly name: string;
  readonly hint: string;
  /** Everybody when it names no role. */
  readonly roles?: readonly StaffRole[];
}

export function roomsOf(visitor: OfficeVisitor, rooms: readonly Room[]): readonly Room[] {
  return rooms.filter(({ roles }) => roles === undefined || roles.includes(visitor.role));
}
