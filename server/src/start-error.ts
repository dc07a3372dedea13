/**
 * Something that keeps the server from starting and that the person at the keyboard can put right. The message is
 * the whole story: it is printed without a stack.
 */
export class StartError extends Error {
  override readonly name = 'StartError';
}
