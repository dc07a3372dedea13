import type { FastifyReply } from 'fastify';
import type { Answered } from './pages.ts';

/** Answers a page's address with a file to keep, not to show: on the site itself none of it runs. */
export async function sendFile(
  reply: FastifyReply,
  name: string,
  type: string,
  content: string,
): Promise<Answered> {
  await reply.type(type).header('content-disposition', `attachment; filename="${name}"`).send(content);
  return { answered: true };
}
