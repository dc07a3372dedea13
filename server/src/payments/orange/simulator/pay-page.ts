/** What opens in place of Orange's apps: a page in French on which a person pays, or does one of the things people do. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { formatXof } from '#core/money.ts';
import { escapeHtml } from '../../../escape-html.ts';
import { sendPhonePage } from '../../simulator/phone-page.ts';
import type { PayResult, SimulatedQr, SimulatedTransaction } from './control.ts';
import type { World } from './world.ts';

const OTHER_NUMBER = '770000099';

const brand = { color: '#ff7900', onColor: '#000' };

const said = {
  paid: 'C’est payé.',
  pending: 'Orange traite le paiement. La réponse arrive bientôt.',
  refused: 'Vous avez refusé de payer.',
  insufficient: 'Solde insuffisant : rien n’a été pris.',
  expired: 'Ce code n’est plus valable. Rien n’a été pris.',
  used: 'Ce code a déjà servi. Rien n’a été pris de plus.',
  too_small: 'MAX IT refuse moins de 10 F. Rien n’a été pris.',
  bad_number: 'Écrivez les 9 chiffres du numéro qui paie, par exemple 77 123 45 67.',
  unknown_qr: 'Ce code n’existe pas.',
} as const;
type Said = keyof typeof said;

const actions = ['pay', 'pay_other', 'refuse', 'insufficient', 'expire'] as const;
type Action = (typeof actions)[number];

export function registerPayPage(app: FastifyInstance, world: World): void {
  // Whoever pays once on this machine pays again from the same number.
  let lastNumber = '';
  const path = '/sim/om/:qrId';

  app.get<{ Params: { qrId: string }; Querystring: { dit?: string } }>(path, async (request, reply) => {
    world.settle();
    const qr = world.qrs.get(request.params.qrId);
    const { dit } = request.query;
    const last = dit !== undefined && isSaid(dit) ? dit : null;
    if (qr === undefined)
      return send(reply.code(404), `<p class="told" role="status">${said.unknown_qr}</p>`);
    return send(reply, qrPage(world, qr, last, lastNumber));
  });

  app.post<{ Params: { qrId: string } }>(path, async (request, reply) => {
    const form = new URLSearchParams(String(request.body));
    const action = actions.find((name) => name === form.get('action'));
    const number = (form.get('number') ?? '').replace(/[^\d]/g, '').replace(/^(00)?221(?=\d{9}$)/, '');
    if (number !== '') lastNumber = number;
    const { qrId } = request.params;
    const dit = action === undefined ? null : act(world, qrId, action, number);
    return reply.redirect(`/sim/om/${encodeURIComponent(qrId)}${dit === null ? '' : `?dit=${dit}`}`, 303);
  });
}

function isSaid(text: string): text is Said {
  return Object.hasOwn(said, text);
}

function act(world: World, qrId: string, action: Action, number: string): Said {
  if (action === 'expire') {
    world.letExpire(qrId);
    return 'expired';
  }
  if (action === 'pay_other') return tell(world.pay(qrId, { from: OTHER_NUMBER }));
  return tell(world.pay(qrId, { from: number, outcome: action }));
}

function tell(result: PayResult): Said {
  if (result.kind === 'declined') return result.why;
  const { status } = result.transaction;
  if (status === 'SUCCESS') return 'paid';
  if (status === 'CANCELLED') return 'refused';
  return status === 'FAILED' ? 'insufficient' : 'pending';
}

function qrPage(world: World, qr: SimulatedQr, last: Said | null, lastNumber: string): string {
  const paid = [...world.transactions.values()].filter(({ qrId }) => qrId === qr.qrId).find(isAlive);
  const isOver = world.now() >= qr.endsAtMs;
  const state: Said | null = paid === undefined ? last : paid.status === 'SUCCESS' ? 'paid' : 'pending';
  const shown = last ?? state ?? (isOver ? 'expired' : null);
  const isPayable = !isOver && (paid === undefined || !qr.isSingleUse);
  const back = backLink(paid === undefined ? qr.cancelUrl : qr.successUrl);
  return (
    `<p class="note">Payer à <b>${escapeHtml(qr.name)}</b></p><p class="amount">${formatXof(qr.amountXof)}</p>` +
    `<p class="note">Référence ${escapeHtml(qr.reference)}</p>` +
    (shown === null ? '' : `<p class="told" role="status">${said[shown]}</p>`) +
    (paid === undefined
      ? ''
      : `<p class="note">Numéro de la transaction : <b>${escapeHtml(paid.transactionId)}</b></p>`) +
    (isPayable ? form(qr, lastNumber) : '') +
    back
  );
}

function isAlive({ status }: SimulatedTransaction): boolean {
  return status !== 'FAILED' && status !== 'REJECTED' && status !== 'CANCELLED';
}

function form({ amountXof }: SimulatedQr, lastNumber: string): string {
  const button = (action: Action, text: string) =>
    `<button name="action" value="${action}"${action === 'pay' ? ' class="first"' : ''}>${text}</button>`;
  return `<form method="post"><label>Numéro Orange Money qui paie : le vôtre, celui de votre compte Mbayar
<input name="number" inputmode="numeric" autocomplete="off" maxlength="17" placeholder="77 123 45 67" value="${escapeHtml(lastNumber)}"></label>
${button('pay', `Payer ${formatXof(amountXof)}`)}
${button('pay_other', 'Payer depuis un autre numéro')}
${button('insufficient', 'Solde insuffisant')}
${button('refuse', 'Refuser')}
${button('expire', 'Laisser expirer')}</form>`;
}

/** Only an address of the web: whatever else the request said is no link. */
function backLink(address: string | null): string {
  const url = address === null ? null : URL.parse(address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return '';
  return `<a class="button" href="${escapeHtml(url.href)}">Revenir à Mbayar</a>`;
}

function send(reply: FastifyReply, content: string): FastifyReply {
  return sendPhonePage(reply, {
    title: 'Orange Money (essai)',
    brand,
    content: `<h1>Orange Money</h1>${content}`,
  });
}
