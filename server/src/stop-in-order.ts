/** What is to be ended, with its name for the person who waits. */
export interface Step {
  readonly name: string;
  stop(): Promise<void>;
}

/**
 * Ends what runs, the last that was started first. One that fails, or does not end in its time, is told and left behind:
 * the process ends all the same. True when each of them ended well.
 */
export async function stopInOrder(
  running: Step[],
  { timeoutMs, tell }: { readonly timeoutMs: number; readonly tell: (problem: unknown) => void },
): Promise<boolean> {
  let areAllDone = true;
  for (let step = running.pop(); step !== undefined; step = running.pop()) {
    try {
      await within(step, timeoutMs);
    } catch (error) {
      areAllDone = false;
      tell(error);
    }
  }
  return areAllDone;
}

async function within({ name, stop }: Step, timeoutMs: number): Promise<void> {
  const tooLong = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => tooLong.reject(new Error(`${name} did not end within ${timeoutMs / 1000} s and is left behind`)),
    timeoutMs,
  );
  try {
    await Promise.race([stop(), tooLong.promise]);
  } finally {
    clearTimeout(timer);
  }
}
