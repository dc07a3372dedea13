/** The office through its pages, as a browser without JavaScript sends them: the evening, and those who run it. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sealMarket } from '../settlement/seal-market.ts';
import { availableXof, place } from '../testing/bets.ts';
import type { House } from '../testing/house.ts';
import {
  actionsOf,
  type DeskBout,
  fieldsAt,
  type Office,
  openOffice,
  press,
  propose,
  send,
} from '../testing/office.ts';
import { formOf, locationOf, Reader, type ReadPage } from '../testing/reader.ts';
import type { SeededStaff } from '../testing/seed.ts';

let office: Office;
let house: House;
let awa: SeededStaff;
let one: Reader;
let two: Reader;
let newBout: Office['newBout'];
let openBout: Office['openBout'];
let closedBout: Office['closedBout'];
let settle: Office['settle'];

before(async () => {
  office = await openOffice();
  ({ house, awa, one, two, newBout, openBout, closedBout, settle } = office);
});
after(() => office.close());

async function countAudited(bout: DeskBout, command: string, outcome = 'done'): Promise<number> {
  const rows = await house.owner.query(
    'SELECT 1 FROM audit_entry WHERE target = ANY ($1) AND command = $2 AND outcome = $3',
    [[`bout ${bout.boutId}`, `market ${bout.marketId}`], command, outcome],
  );
  return rows.length;
}

describe('the evening of a bout', () => {
  it('goes from the gala’s making to the last franc, by two people', async () => {
    await newBout();
    const form = await one.ask('/galas/nouveau');
    const tomorrow = `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T17:00`;
    const made = await one.submit(form, '/galas', {
      name: 'Drapeau du maire',
      venue: 'Arène nationale',
      startsAt: tomorrow,
      isTest: 'oui',
      roundCount: '1',
      extensionMinutes: '3',
      warningsLimit: '4',
    });
    const gala = await one.follow(made);
    assert.match(gala.text, /10 min, prolongation de 3 min ; 4 avertissements font perdre le combat\./);
    assert.match(gala.text, /Drapeau du maire .*Gala créé\. .*Pas encore de combat/);
    const galaPath = locationOf(made).split('?')[0] ?? '';

    const wrestlers = await house.owner.query<{ id: number }>(
      `INSERT INTO wrestler (ring_name, search_name, is_stub, publication, slug)
       VALUES ('Modou Lô', 'modou lo', false, 'published', 'modou-lo'), ('Siteu', 'siteu', false, 'published', 'siteu')
       RETURNING id`,
    );
    const [a, b] = wrestlers.map(({ id }) => id);
    const adding = `${galaPath}/combats/nouveau`;
    assert.match((await one.ask(`${adding}?q=Lo`)).html, new RegExp(`nouveau\\?a=${a}"`));
    assert.match((await one.ask(`${adding}?a=${a}&q=SITEU`)).html, new RegExp(`a=${a}&amp;b=${b}"`));
    const chosen = await one.ask(`${adding}?a=${a}&b=${b}`);
    const added = await one.submit(chosen, `${galaPath}/combats`, { title: 'Grand combat' });
    const list = await one.follow(added);
    assert.match(list.text, /Combat ajouté.*Grand combat À ouvrir.*Modou Lô 0 F.*Siteu 0 F/);
    const desk = /\/combats\/\d+/.exec(list.html.split('class="cards')[1] ?? '')?.[0] ?? '';

    assert.deepEqual(actionsOf(await one.ask(desk), desk), ['ouvrir']);
    assert.match((await press(one, desk, 'ouvrir')).text, /Les paris sont ouverts/);
    assert.match((await press(two, desk, 'suspendre')).text, /Paris suspendus/);
    assert.match((await press(one, desk, 'reprendre')).text, /Paris ouverts/);
    const whistled = await press(one, desk, 'sifflet');
    assert.match(
      whistled.text,
      /Coup de sifflet enregistré.*Fermés à \d+ h \d\d min \d\d,\d{3} s · au sifflet/,
    );
    assert.match(whistled.text, /La preuve des paris se publie/);
  });

  it('pays what the preview showed, to the franc', async () => {
    const bout = await closedBout();
    const proposed = await one.follow(await propose(one, bout));
    assert.match(proposed.text, /En attente d’un collègue/);
    const preview =
      /À lutteur [\w-]+ · 1 duel 15 200 F.*Commission 1 000 F.*Impôt 3 800 F.*Total des mises 20 000 F/;
    assert.match(proposed.text, preview);
    assert.deepEqual(actionsOf(proposed, bout.desk), ['resultat/retirer']);

    const seen = await two.ask(bout.desk);
    assert.match(seen.text, new RegExp(`Proposé par ${awa.name}`));
    assert.deepEqual(actionsOf(seen, bout.desk), ['resultat/confirmer', 'resultat/retirer']);
    const confirmed = await press(two, bout.desk, 'resultat/confirmer');
    assert.match(confirmed.text, /Le paiement a commencé.*0 sur 1 duel/);
    assert.match(confirmed.html, /<progress [^>]*value="0" max="1"/);
    assert.deepEqual(actionsOf(confirmed, bout.desk), []);
    await settle(bout);
    const paid = await two.ask(bout.desk);
    assert.match(paid.text, /Tout est payé/);
    assert.match(paid.text, preview);
    assert.deepEqual(
      [await availableXof(house, bout.a), await availableXof(house, bout.b)],
      [100_000 - 10_000 + 15_200, 90_000],
    );
  });

  it('gives back late bets once two people have set the true whistle', async () => {
    const bout = await closedBout();
    await house.owner.query(
      `UPDATE duel SET made_at = made_at - interval '10 minutes' WHERE market_id = $1`,
      [bout.marketId],
    );
    const [{ at } = { at: '' }] = await house.owner.query<{ at: string }>(
      `SELECT to_char(closed_at - interval '11 minutes', 'HH24:MI:SS') AS at FROM market WHERE id = $1`,
      [bout.marketId],
    );
    const form = await one.ask(`${bout.desk}/vrai-sifflet`);
    const proposed = await one.follow(await one.submit(form, `${bout.desk}/vrai-sifflet`, { time: at }));
    assert.match(proposed.text, /1 duel après cette heure : .*20 000 F.*rendus en entier/);
    assert.deepEqual(actionsOf(proposed, bout.desk), []);

    await propose(one, bout);
    const waiting = await two.ask(bout.desk);
    assert.match(waiting.text, /Confirmez d’abord l’heure du vrai sifflet/);
    assert.deepEqual(actionsOf(waiting, bout.desk), ['vrai-sifflet/confirmer', 'resultat/retirer']);
    await press(two, bout.desk, 'vrai-sifflet/confirmer');
    assert.match((await two.ask(bout.desk)).text, /Rendu · 1 duel 20 000 F/);
    await press(two, bout.desk, 'resultat/confirmer');
    await settle(bout);
    assert.deepEqual(
      [await availableXof(house, bout.a), await availableXof(house, bout.b)],
      [100_000, 100_000],
    );
  });

  it('moves the hard stop until it has passed', async () => {
    const bout = await openBout();
    const form = await one.ask(`${bout.desk}/heure-limite`);
    const later = `${new Date(Date.now() + 7_200_000).toISOString().slice(0, 16)}`;
    const moved = await one.submit(form, `${bout.desk}/heure-limite`, { hardStopAt: later });
    assert.match((await one.follow(moved)).text, /Heure limite déplacée/);
    const past = await one.submit(await one.ask(`${bout.desk}/heure-limite`), `${bout.desk}/heure-limite`, {
      hardStopAt: '2020-01-01T10:00',
    });
    assert.deepEqual([past.status, /Cette date est déjà passée/.test(past.text)], [422, true]);
    assert.match(past.html, /value="2020-01-01T10:00"[^>]*aria-invalid="true"/);
    const none = await one.submit(await one.ask(`${bout.desk}/heure-limite`), `${bout.desk}/heure-limite`, {
      hardStopAt: '2027-02-30T10:00',
    });
    assert.equal(none.status, 400);
  });
});

describe('the whistle', () => {
  const instantIn = (page: ReadPage) => /Fermés à (\d+ h \d\d min \d\d,\d{3} s)/.exec(page.text)?.[1];

  it('pressed twice from one page, or later by a colleague, is one whistle with one instant', async () => {
    const bout = await openBout();
    const page = await one.ask(bout.desk);
    const late = await two.ask(bout.desk);
    const action = `${bout.desk}/sifflet`;
    const both = await Promise.all([one.submit(page, action), one.submit(page, action)]);
    assert.deepEqual(both.map(locationOf), [`${bout.desk}?fait=sifflet`, `${bout.desk}?fait=sifflet`]);
    const first = instantIn(await one.ask(bout.desk));
    assert(first !== undefined);
    assert.equal(instantIn(await two.follow(await two.submit(late, action))), first);
    assert.equal(await countAudited(bout, 'close-market'), 2);
  });

  it('pressed by two colleagues at once closes once, and both read the same instant', async () => {
    for (let i = 0; i < 10; i++) {
      const bout = await newBout();
      const pages = await Promise.all([one.ask(bout.desk), two.ask(bout.desk)]);
      const action = `${bout.desk}/sifflet`;
      const answers = await Promise.all([one.submit(pages[0], action), two.submit(pages[1], action)]);
      const shown = await Promise.all([one.follow(answers[0]), two.follow(answers[1])]);
      assert(instantIn(shown[0]) !== undefined);
      assert.equal(instantIn(shown[0]), instantIn(shown[1]));
    }
  });

  it('is not there before betting is open, and is refused there', async () => {
    const bout = await newBout({ state: 'draft' });
    const page = await one.ask(bout.desk);
    assert.deepEqual(actionsOf(page, bout.desk), ['ouvrir']);
    const { jeton = '', slip = '' } = formOf(page, `${bout.desk}/ouvrir`);
    const refused = await send(one, `${bout.desk}/sifflet`, { jeton, slip });
    assert.deepEqual(
      [refused.status, /À ouvrir : cette commande n’est pas possible/.test(refused.text)],
      [409, true],
    );
  });
});

describe('two people', () => {
  it('are needed for a result: who proposed it is refused, in a sentence', async () => {
    const bout = await closedBout();
    await propose(one, bout);
    const colleague = await two.ask(bout.desk);
    const { resultId = '' } = formOf(colleague, `${bout.desk}/resultat/confirmer`);
    const mine = await one.ask(bout.desk);
    const fields = formOf(mine, `${bout.desk}/resultat/retirer`);
    const refused = await send(one, `${bout.desk}/resultat/confirmer`, { ...fields, resultId });
    assert.equal(refused.status, 403);
    assert.match(refused.text, /Une autre personne doit confirmer/);
    assert.match(refused.text, /En attente d’un collègue/);
  });

  it('are needed for the true whistle', async () => {
    const bout = await closedBout();
    const form = await one.ask(`${bout.desk}/vrai-sifflet`);
    await one.submit(form, `${bout.desk}/vrai-sifflet`);
    const colleague = await two.ask(bout.desk);
    const { at = '' } = formOf(colleague, `${bout.desk}/vrai-sifflet/confirmer`);
    const { jeton = '', slip = '' } = await fieldsAt(one, `${bout.desk}/resultat`, `${bout.desk}/resultat`);
    const refused = await send(one, `${bout.desk}/vrai-sifflet/confirmer`, { jeton, slip, at });
    assert.deepEqual([refused.status, /Une autre personne doit confirmer/.test(refused.text)], [403, true]);
  });

  it('who propose at once: one result stands, the other gets a sentence', async () => {
    const bout = await closedBout();
    const answers = await Promise.all([
      propose(one, bout),
      propose(two, bout, { ending: 'draw', winnerSide: '', source: 'Micro' }),
    ]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409]);
    assert.match(answers.find(({ status }) => status === 409)?.text ?? '', /déjà proposé/);
  });

  it('who confirm and withdraw at once: one of both happens', async () => {
    for (let i = 0; i < 6; i++) {
      const bout = await closedBout();
      await propose(one, bout);
      const [mine, theirs] = await Promise.all([one.ask(bout.desk), two.ask(bout.desk)]);
      const [withdrawn, confirmed] = await Promise.all([
        one.submit(mine, `${bout.desk}/resultat/retirer`),
        two.submit(theirs, `${bout.desk}/resultat/confirmer`),
      ]);
      assert.deepEqual([withdrawn.status, confirmed.status].sort(), [303, 409]);
      const after = await one.ask(bout.desk);
      assert.match(after.text, confirmed.status === 303 ? /Paiement en cours/ : /Proposer le résultat/);
      if (confirmed.status === 303) await settle(bout);
    }
  });

  it('who confirm twice pay once; a page left open is told in a sentence', async () => {
    const bout = await closedBout();
    await propose(one, bout);
    const open = await two.ask(bout.desk);
    const again = await two.ask(bout.desk);
    const action = `${bout.desk}/resultat/confirmer`;
    const same = await Promise.all([two.submit(open, action), two.submit(open, action)]);
    assert.deepEqual(
      same.map(({ status }) => status),
      [303, 303],
    );
    const late = await two.submit(again, action);
    assert.deepEqual([late.status, /déjà confirmé/.test(late.text)], [409, true]);
    await settle(bout);
    assert.equal(await availableXof(house, bout.a), 105_200);
    assert.equal(await countAudited(bout, 'confirm-result'), 1);
  });
});

describe('the desk', () => {
  it('is private, and never kept by a cache', async () => {
    const { headers } = await one.ask('/');
    assert.equal(headers['cache-control'], 'private, no-store');
    assert.match(String(headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/);
  });

  it('follows by itself without JavaScript while there is something to wait for, unless it is kept still', async () => {
    const bout = await openBout();
    const refresh = /<noscript><meta http-equiv="refresh"/;
    assert.match((await one.ask(bout.desk)).html, refresh);
    assert.doesNotMatch((await one.ask(`${bout.desk}?fige=1`)).html, refresh);
    const draft = await newBout({ state: 'draft' });
    assert.doesNotMatch((await one.ask(draft.desk)).html, refresh);
  });

  it('says that a command was done only while it is so, whatever the address says', async () => {
    const bout = await openBout();
    const page = await one.ask(`${bout.desk}?fait=resultat-confirme`);
    assert.doesNotMatch(page.text, /Résultat confirmé/);
    assert.match((await one.ask(`${bout.desk}?fait=ouvert`)).text, /Les paris sont ouverts/);
    assert.equal((await one.ask(`${bout.desk}?fait=n-importe`)).status, 200);
  });

  it('asks what became of a command, and says why it was refused', async () => {
    const bout = await openBout();
    const operationId = randomUUID();
    const unknown = await one.ask(`/verification/${operationId}?suite=${encodeURIComponent(bout.desk)}`);
    assert.match(unknown.text, /On vérifie/);
    assert.match((await one.ask(`/verification/${operationId}?essai=8`)).text, /n’est pas arrivée/);
    const json = { operationId };
    assert.equal((await house.post(`/staff/markets/${bout.marketId}/suspend`, awa.cookie, json)).status, 200);
    const known = await one.ask(`/verification/${operationId}?suite=${encodeURIComponent(bout.desk)}`);
    assert.deepEqual([known.status, locationOf(known)], [303, bout.desk]);
    assert.match((await two.ask(`/verification/${operationId}`)).text, /On vérifie/);
    const refused = randomUUID();
    await house.post(`/staff/markets/${bout.marketId}/suspend`, awa.cookie, { operationId: refused });
    assert.match((await one.ask(`/verification/${refused}`)).text, /Pas fait .*ne permet pas/);
  });

  it('tells its stream of every change, and the stream is for who may run the gala', async () => {
    const bout = await openBout();
    const { live } = { live: `/live${bout.desk}` };
    assert.equal((await new Reader(house.app.office, bout.a.cookie).ask(live)).status, 303);
    const { findDeskVersions } = await import('./queries.ts');
    const version = async () => (await findDeskVersions(house.db, [bout.boutId])).get(bout.boutId);
    const seen = new Set([await version()]);
    const steps: (() => Promise<unknown>)[] = [
      () => place(house, bout.a, bout.marketId, { side: 'A', stakeXof: 2_000 }),
      () => press(one, bout.desk, 'suspendre'),
      () => press(one, bout.desk, 'sifflet'),
      () => sealMarket(house.db, bout.marketId),
      async () => one.submit(await one.ask(`${bout.desk}/vrai-sifflet`), `${bout.desk}/vrai-sifflet`),
      () => press(two, bout.desk, 'vrai-sifflet/confirmer'),
      () => propose(one, bout),
      () => press(one, bout.desk, 'resultat/retirer'),
      () => propose(one, bout),
      () => press(two, bout.desk, 'resultat/confirmer'),
      () => settle(bout),
    ];
    for (const [index, step] of steps.entries()) {
      await step();
      const now = await version();
      // A result withdrawn is where it was before it was proposed.
      assert(index === 7 || !seen.has(now), `step ${index} does not show`);
      seen.add(now);
    }
  });
});
