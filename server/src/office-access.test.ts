/**
 * Who may open what in the office: every page and every form, tried in every role; and no page shows a form or a link
 * that its reader may not use. A page that is new in the contract does not compile here before it has its row.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type StaffRole, staffRoles } from '#core/api/contract.ts';
import { type OfficePageKey, officePages } from '#core/api/office-pages.ts';
import type { PageRoute } from '#core/api/pages.ts';
import { isRoleAmong, splitKey } from './http.ts';
import { sealMarket } from './settlement/seal-market.ts';
import { type DeskBout, type Office, openOffice, press, propose, send } from './testing/office.ts';
import { newPhone } from './testing/people.ts';
import { formOf, locationOf, Reader, type ReadPage } from './testing/reader.ts';
import { seedStaff } from './testing/seed.ts';

interface Example {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: string;
  readonly form?: Readonly<Record<string, string>>;
}

/** On a hidden test gala, which every role may read. */
type Examples = { readonly [Key in OfficePageKey]: (bout: DeskBout) => Example };

const nothing = () => ({});
const onBout =
  (form: Record<string, string> = {}) =>
  ({ boutId }: DeskBout): Example => ({ params: { boutId }, form });
const onMarket =
  (form: Record<string, string> = {}) =>
  ({ boutId, marketId }: DeskBout): Example => ({ params: { boutId, marketId }, form });
const onGala =
  (form: Record<string, string> = {}) =>
  ({ galaId }: DeskBout): Example => ({ params: { galaId }, form });
/** Nobody's: pools.test.ts tries them on real ones. */
const onPool = () => ({ params: { poolId: 999_999_999 } });
const onDocument =
  (more: object = {}) =>
  () => ({ params: { documentId: randomUUID(), ...more } });

const onMember =
  (form: Record<string, string> = {}) =>
  () => ({ params: { staffId: randomUUID() }, form });
const onLink =
  (form: Record<string, string> = {}) =>
  () => ({ params: { token: 'x'.repeat(30) }, form });
const onCase = () => ({
  params: { caseId: randomUUID() },
  form: { decision: 'refuse', reason: 'Essai' },
});
const onAccount = () => ({ params: { provider: 'internal', account: 'internal' } });
const onAccountDay = () => ({ params: { provider: 'internal', account: 'internal', day: '2026-01-15' } });
const onItem =
  (form: Record<string, string> = {}) =>
  () => ({ params: { itemId: randomUUID(), allocationId: randomUUID() }, form });
const onWithdrawal =
  (form: Record<string, string> = {}) =>
  () => ({ params: { withdrawalId: randomUUID(), verdictId: randomUUID() }, form });
const onMonth =
  (form: Record<string, string> = {}) =>
  () => ({ params: { month: new Date().toISOString().slice(0, 7), remittanceId: randomUUID() }, form });
const onChange = () => ({ params: { changeId: randomUUID() } });

const examples: Examples = {
  'GET /': nothing,
  'GET /galas/nouveau': nothing,
  'POST /galas': () => ({
    form: {
      name: 'Gala',
      venue: 'Arène',
      authority: 'FSL',
      startsAt: '2030-01-01T17:00',
      visibility: 'hidden',
      isTest: 'oui',
      ...{
        roundCount: '3',
        roundMinutes: '10',
        breakMinutes: '5',
        extensionMinutes: '10',
        warningsLimit: '3',
      },
    },
  }),
  'GET /galas/:galaId': onGala(),
  'GET /galas/:galaId/mutuels': onGala(),
  'GET /galas/:galaId/mutuels/nouveau': onGala(),
  'POST /galas/:galaId/mutuels': ({ galaId, boutId }) => ({
    params: { galaId },
    form: { name: 'Essai', jambe1: `${boutId} winner` },
  }),
  'GET /mutuels/:poolId': onPool,
  'POST /mutuels/:poolId/ouvrir': onPool,
  'POST /mutuels/:poolId/suspendre': onPool,
  'POST /mutuels/:poolId/reprendre': onPool,
  'GET /galas/:galaId/combats/nouveau': onGala(),
  'POST /galas/:galaId/combats': onGala({
    wrestlerAId: '1',
    wrestlerBId: '2',
    scheduledAt: '2030-01-01T17:00',
  }),
  'GET /combats/:boutId': onBout(),
  // A stream does not end by itself: a bout that nobody has answers who may look.
  'GET /live/combats/:boutId': () => ({ params: { boutId: 999_999 } }),
  'POST /combats/:boutId/ouvrir': onBout({ payoutPolicy: 'verdict' }),
  'POST /combats/:boutId/suspendre': onBout(),
  'POST /combats/:boutId/reprendre': onBout(),
  'POST /combats/:boutId/sifflet': onBout(),
  'GET /combats/:boutId/report': onBout(),
  'POST /combats/:boutId/report/apercu': onBout({ reason: 'Pluie', source: 'FSL' }),
  'GET /combats/:boutId/report/apercu': onBout(),
  'POST /combats/:boutId/report': onBout({ reason: 'Pluie', source: 'FSL', previewed: '0'.repeat(64) }),
  'GET /combats/:boutId/annulation': onBout(),
  'POST /combats/:boutId/annulation/apercu': onBout({ ending: 'forfeit', source: 'FSL' }),
  'GET /combats/:boutId/annulation/apercu': onBout(),
  'POST /combats/:boutId/annulation': onBout({
    ...{ ending: 'forfeit', source: 'FSL', previewed: '0'.repeat(64) },
  }),
  'GET /combats/:boutId/marches': onBout(),
  'POST /combats/:boutId/marches/duree': onBout({ lineMinutes: '5' }),
  'POST /combats/:boutId/marches/maniere': onBout({ group: 'fall' }),
  'POST /combats/:boutId/marches/:marketId/ouvrir': onMarket({ payoutPolicy: 'verdict' }),
  'POST /combats/:boutId/marches/:marketId/suspendre': onMarket(),
  'POST /combats/:boutId/marches/:marketId/reprendre': onMarket(),
  'GET /combats/:boutId/heure-limite': onBout(),
  'POST /combats/:boutId/heure-limite': onBout({ hardStopAt: '2030-01-01T17:00' }),
  'GET /combats/:boutId/vrai-sifflet': onBout(),
  'POST /combats/:boutId/vrai-sifflet': onBout({ time: '17:00' }),
  'POST /combats/:boutId/vrai-sifflet/confirmer': onBout({ at: '2030-01-01T17:00:00.000Z' }),
  'GET /combats/:boutId/resultat': onBout(),
  'POST /combats/:boutId/resultat': onBout({ ending: 'draw', source: 'Arbitre' }),
  'POST /combats/:boutId/resultat/retirer': onBout({ resultId: randomUUID() }),
  'POST /combats/:boutId/resultat/confirmer': onBout({ resultId: randomUUID() }),
  'GET /combats/:boutId/resultats': onBout(),
  'GET /combats/:boutId/correction': onBout(),
  'POST /combats/:boutId/correction': onBout({ ending: 'draw', source: 'Arbitre', reason: 'Essai' }),
  'POST /combats/:boutId/correction/retirer': onBout({ resultId: randomUUID() }),
  'POST /combats/:boutId/correction/confirmer': onBout({ resultId: randomUUID() }),
  'POST /combats/:boutId/homologation': onBout({ source: 'Arbitre' }),
  'POST /combats/:boutId/homologation/retirer': onBout({ homologationId: randomUUID() }),
  'POST /combats/:boutId/homologation/confirmer': onBout({ homologationId: randomUUID() }),
  'GET /pertes': nothing,
  'GET /sessions': nothing,
  'POST /sessions/:sessionId/fin': () => ({ params: { sessionId: randomUUID() } }),
  'POST /sessions/fin': nothing,
  'GET /cles': nothing,
  'POST /cles/:passkeyId/nom': () => ({
    params: { passkeyId: randomUUID() },
    form: { label: 'Mon téléphone' },
  }),
  'POST /cles/:passkeyId/retirer': () => ({ params: { passkeyId: randomUUID() } }),
  'GET /confirmer': nothing,
  'POST /confirmer': () => ({ form: { totp: '123456' } }),
  'GET /dossiers': nothing,
  'GET /dossiers/:caseId': onCase,
  'POST /dossiers/:caseId/proposer': onCase,
  'POST /dossiers/:caseId/decider': onCase,
  'GET /alertes': nothing,
  'POST /alertes/:alertId/fermer': () => ({ params: { alertId: 999_999 }, form: { note: 'Vu.' } }),
  'GET /reclamations': nothing,
  'POST /reclamations/:objectionId/repondre': () => ({
    params: { objectionId: randomUUID() },
    form: { verdict: 'rejected', answer: 'Vu avec l’arbitre.' },
  }),
  'GET /identites': nothing,
  'GET /identites/:documentId': onDocument(),
  'GET /identites/:documentId/photos/:side': onDocument({ side: 'front' }),
  'POST /identites/:documentId/approuver': onDocument(),
  'POST /identites/:documentId/refuser': () => ({
    params: { documentId: randomUUID() },
    form: { reason: 'unreadable' },
  }),
  'POST /identites/alertes/:alertId/fermer': () => ({ params: { alertId: 999_999 } }),
  'POST /identites/alertes/:alertId/traiter': () => ({ params: { alertId: 999_999 } }),
  'GET /donnees': nothing,
  'POST /donnees/:playerId/retenir': () => ({
    params: { playerId: randomUUID() },
    form: { reason: 'Enquête' },
  }),
  'POST /donnees/:playerId/liberer': () => ({ params: { playerId: randomUUID() } }),
  'GET /jeu-responsable': nothing,
  'GET /depots-a-voir': nothing,
  'GET /personnes-interdites': nothing,
  'POST /personnes-interdites': () => ({
    form: { kind: 'referee', name: 'Un arbitre', reason: 'Arbitre', phone: '771112233' },
  }),
  'POST /personnes-interdites/:personId/lever': () => ({
    params: { personId: randomUUID() },
    form: { reason: 'Erreur' },
  }),
  'GET /personnel': nothing,
  'POST /personnel/invitations': () => ({ form: { phone: newPhone(), name: 'Awa Diop', role: 'support' } }),
  'POST /personnel/invitations/:invitationId/retirer': () => ({ params: { invitationId: randomUUID() } }),
  'GET /personnel/:staffId': onMember(),
  'POST /personnel/:staffId/role': onMember({ role: 'support' }),
  'POST /personnel/:staffId/depart': onMember(),
  'POST /personnel/:staffId/second-facteur': onMember(),
  'POST /personnel/:staffId/sessions': onMember(),
  'GET /invitation/:token': onLink(),
  'POST /invitation/:token/code': onLink(),
  'POST /invitation/:token/telephone': onLink({ code: '123456' }),
  'POST /invitation/:token/application': onLink({ totp: '123456' }),
  'GET /rapprochement': nothing,
  'POST /rapprochement': nothing,
  'GET /rapprochement/:provider/:account': onAccount,
  'GET /rapprochement/:provider/:account/:day': onAccountDay,
  'GET /rapprochement/:provider/:account/:day/lignes.csv': onAccountDay,
  'POST /rapprochement/:provider/:account/:day/cloture': onAccountDay,
  'GET /retraits': nothing,
  'GET /retraits/:withdrawalId': onWithdrawal(),
  'POST /retraits/:withdrawalId/accepter': onWithdrawal({ note: 'Essai' }),
  'POST /retraits/:withdrawalId/refuser': onWithdrawal({ note: 'Essai' }),
  'POST /retraits/:withdrawalId/constat': onWithdrawal({ verdict: 'paid', evidence: 'Essai' }),
  'POST /retraits/:withdrawalId/constat/:verdictId/confirmer': onWithdrawal(),
  'POST /retraits/:withdrawalId/constat/:verdictId/abandonner': onWithdrawal(),
  'GET /operateurs': nothing,
  'POST /operateurs/:provider/arreter': () => ({
    params: { provider: 'internal' },
    form: { side: 'deposits', note: 'Essai' },
  }),
  'POST /operateurs/:provider/reprendre': () => ({
    params: { provider: 'internal' },
    form: { side: 'deposits', note: 'Essai' },
  }),
  'GET /en-attente': nothing,
  'GET /en-attente/:itemId': onItem(),
  'POST /en-attente/:itemId/proposer': onItem({ choice: 'house', note: 'Essai' }),
  'POST /en-attente/:itemId/:allocationId/confirmer': onItem(),
  'POST /en-attente/:itemId/:allocationId/refuser': onItem(),
  'GET /engagements': nothing,
  'GET /simulateur': nothing,
  'GET /impots': nothing,
  'GET /impots/:month': onMonth(),
  'GET /impots/:month/feuille': onMonth(),
  'GET /impots/:month/declaration.csv': onMonth(),
  'POST /impots/:month/versement': onMonth({ amountXof: '3800', paidOn: '2026-01-05', reference: 'Essai' }),
  'POST /impots/:month/versement/:remittanceId/confirmer': onMonth(),
  'POST /impots/:month/versement/:remittanceId/refuser': onMonth(),
  'GET /reglages': nothing,
  'GET /reglages/:name': () => ({ params: { name: 'taxBps' } }),
  'POST /reglages/:name': () => ({ params: { name: 'taxBps' }, form: { value: '20', reason: 'Essai' } }),
  'POST /reglages/changements/:changeId/approuver': onChange,
  'POST /reglages/changements/:changeId/refuser': onChange,
  'POST /reglages/changements/:changeId/retirer': onChange,
  'GET /journal': nothing,
  'GET /verification/:operationId': () => ({ params: { operationId: randomUUID() } }),
  'GET /connexion': nothing,
  'POST /connexion': () => ({ form: { phone: '770000099' } }),
  'GET /connexion/code': nothing,
  'POST /connexion/code': () => ({ form: { code: '123456', totp: '123456' } }),
  'POST /deconnexion': nothing,
};

const keys = Object.keys(officePages).filter((key): key is OfficePageKey => key in examples);
/** Ends the session that tries it. */
const logOut: OfficePageKey = 'POST /deconnexion';

function routeOf(key: OfficePageKey): PageRoute {
  return officePages[key];
}

function mayUse({ caller }: PageRoute, role: StaffRole): boolean {
  if (caller === 'anyone') return true;
  assert(caller !== 'player' && caller !== 'owner' && caller !== 'sandbox', 'the office is for staff');
  return isRoleAmong(caller, role);
}

describe('access to the office', () => {
  let office: Office;
  let hidden: DeskBout;
  const readers = new Map<StaffRole, Reader>();
  const readerOf = (role: StaffRole) => readers.get(role) ?? assert.fail(role);

  before(async () => {
    office = await openOffice();
    hidden = await office.newBout({ visibility: 'hidden' });
    for (const role of staffRoles) {
      const [colleague] = await seedStaff(office.house.owner, 1, role);
      assert(colleague !== undefined);
      readers.set(role, new Reader(office.house.app.office, colleague.cookie));
    }
  });
  after(() => office.close());

  async function use(key: OfficePageKey, reader: Reader): Promise<ReadPage> {
    const [method, pattern] = splitKey(key);
    const { params = {}, query, form = {} } = examples[key](hidden);
    const path = pattern.replace(/:(\w+)/g, (_, name: string) => String(params[name]));
    if (method === 'GET') return reader.ask(query === undefined ? path : `${path}?${query}`);
    const { jeton = '' } = formOf(await reader.ask('/sessions'), '/deconnexion');
    const schema = routeOf(key).form?.properties ?? {};
    // A slip of any form serves: it names an operation that nobody has used.
    const { slip = '' } = formOf(await office.one.ask('/galas/nouveau'), '/galas');
    return send(reader, path, { ...form, jeton, ...('slip' in schema ? { slip } : {}) });
  }

  for (const key of keys) {
    const route = routeOf(key);
    for (const role of staffRoles) {
      if (route.caller === 'anyone' || (key === logOut && mayUse(route, role))) continue;
      const may = mayUse(route, role);
      it(`${key}: ${role} ${may ? 'may' : 'may not'}`, async () => {
        const answer = await use(key, readerOf(role));
        if (!may) {
          assert.deepEqual([answer.status, /ne pouvez pas/.test(answer.text)], [403, true], answer.text);
          return;
        }
        const isSentAway = answer.status === 303 && /^\/(connexion|confirmer)/.test(locationOf(answer));
        assert(
          !isSentAway && answer.status !== 403 && answer.status < 500,
          `${answer.status} ${answer.text}`,
        );
        assert(answer.status !== 400 && answer.status !== 415, `the example fits: ${answer.text}`);
      });
    }
    if (route.stepUp === true) {
      it(`${key}: asks for the second factor again when it was shown too long ago`, async () => {
        for (const role of staffRoles.filter((one) => mayUse(route, one))) {
          const [colleague] = await seedStaff(office.house.owner, 1, role);
          assert(colleague !== undefined);
          await office.house.owner.query(
            `UPDATE session SET stepped_up_at = stepped_up_at - interval '1 day' WHERE staff_id = $1`,
            [colleague.staffId],
          );
          const answer = await use(key, new Reader(office.house.app.office, colleague.cookie));
          assert.match(locationOf(answer), /^\/confirmer\?suite=%2F/, role);
        }
      });
    }
  }

  it('leaves no page of the contract out', () => {
    assert.deepEqual([...keys].sort(), Object.keys(officePages).sort());
  });

  /** The route that an address of this site belongs to: a whole name goes before a parameter. */
  function routeAt(method: string, address: string): PageRoute | null {
    const [path = ''] = address.split('?');
    const found = keys.filter((key) => {
      const [ofRoute, pattern] = splitKey(key);
      return ofRoute === method && new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}$`).test(path);
    });
    const exact = found.find((key) => splitKey(key)[1] === path) ?? found[0];
    return exact === undefined ? null : routeOf(exact);
  }

  function offered(page: ReadPage): { readonly method: string; readonly address: string }[] {
    const find = (pattern: RegExp, method: string) =>
      [...page.html.matchAll(pattern)].map(([, address = '']) => ({
        method,
        address: address.replaceAll('&amp;', '&'),
      }));
    const links = find(/<a [^>]*href="(\/[^"]*)"/g, 'GET');
    const forms = [...page.html.matchAll(/<form [^>]*>/g)].flatMap(([tag]) => {
      const action = /action="([^"]+)"/.exec(tag)?.[1] ?? '';
      return [{ method: / method="post"/.test(tag) ? 'POST' : 'GET', address: action }];
    });
    return [...links, ...forms];
  }

  /** One bout in every state that its desk has. */
  async function boutsInEveryState(visibility: 'public' | 'hidden'): Promise<DeskBout[]> {
    const { one, two, newBout, house } = office;
    const closed = async () => {
      const bout = await newBout({ visibility });
      await press(one, bout.desk, 'sifflet');
      await sealMarket(house.db, bout.marketId);
      return bout;
    };
    const suspended = await newBout({ visibility, state: 'suspended' });
    const corrected = await closed();
    const { closedAt } = await house.owner
      .query<{ closedAt: Date }>('SELECT closed_at AS "closedAt" FROM market WHERE id = $1', [
        corrected.marketId,
      ])
      .then(([row]) => row ?? assert.fail('not closed'));
    const action = `${corrected.desk}/vrai-sifflet`;
    const time = closedAt.toISOString().slice(11, 19);
    assert.equal((await one.submit(await one.ask(action), action, { time })).status, 303);
    const proposed = await closed();
    await propose(one, proposed, { ending: 'draw', source: 'Feuille officielle' });
    const paid = await closed();
    await propose(one, paid, { ending: 'draw', source: 'Feuille officielle' });
    await press(two, paid.desk, 'resultat/confirmer');
    await office.settle(paid);
    return [
      await newBout({ visibility, state: 'draft' }),
      await newBout({ visibility }),
      suspended,
      await closed(),
      corrected,
      proposed,
      paid,
    ];
  }

  it('shows nobody a form or a link that he may not use, on any page, in any state of a bout', async () => {
    const bouts = [...(await boutsInEveryState('public')), ...(await boutsInEveryState('hidden'))];
    const pages = [
      '/',
      '/journal',
      '/sessions',
      '/cles',
      ...bouts.flatMap(({ desk, galaId }) => [desk, `/galas/${galaId}`]),
    ];
    for (const role of staffRoles) {
      const seen = new Set<string>();
      const toRead = [...pages];
      for (let path = toRead.pop(); path !== undefined; path = toRead.pop()) {
        if (seen.has(path)) continue;
        seen.add(path);
        const page = await readerOf(role).ask(path);
        if (role === 'robot' && page.status === 404) continue;
        assert.equal(page.status, 200, `${role} follows ${path}`);
        for (const { method, address } of offered(page)) {
          const route = routeAt(method, address) ?? assert.fail(`${path} leads to ${method} ${address}`);
          assert(mayUse(route, role), `${role} is shown ${method} ${address} on ${path}`);
          if (method === 'GET' && address !== '/connexion') toRead.push(address);
        }
      }
    }
  });

  it('lets everybody but a robot read the desk of a public gala, and only operators press', async () => {
    const bout = await office.openBout();
    const forms = (page: ReadPage) => offered(page).filter(({ method }) => method === 'POST');
    for (const role of staffRoles) {
      const page = await readerOf(role).ask(bout.desk);
      assert.equal(page.status, role === 'robot' ? 404 : 200, role);
      if (role === 'robot') continue;
      assert.match(page.text, /Paris ouverts/, role);
      const commands = forms(page).filter(({ address }) => address !== '/deconnexion');
      assert.equal(commands.length > 0, role === 'operator', role);
    }
  });

  it('shows who runs no gala what he is there for, and the pages that are his', async () => {
    const { text, html } = await readerOf('compliance').ask('/');
    assert.match(text, /Vous vérifiez les identités/);
    assert.match(html, /<a class="card line" href="\/identites"/);
    const support = await readerOf('support').ask('/');
    assert.match(support.text, /Vous aidez les joueurs/);
    assert.doesNotMatch(support.html, /\/identites/);
    assert.match((await readerOf('operator').ask('/')).text, /Nouveau gala/);
  });
});
