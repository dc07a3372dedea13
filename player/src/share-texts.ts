/**
 * Messages to hand on, for WhatsApp or whatever the phone shares with: no number, no name but the wrestlers', and an
 * amount only where it is the offer, or where the player wants it. The Wolof ones wait for a native reviewer.
 */
import type { Language } from '#core/errors.ts';
import { formatXof } from '#core/money.ts';

/** Of an offer: what its maker puts, and what is in it for who takes it. */
export interface OfferWords {
  readonly bout: string;
  readonly takerPick: string;
  readonly makerXof: number;
  readonly takerXof: number;
  readonly takerNetXof: number;
  readonly link: string;
}

/** Of a bet that was won: with the sum in hand, or without. */
export interface WonWords {
  readonly bout: string;
  readonly pick: string;
  readonly netXof: number | null;
  readonly link: string;
}

interface Messages {
  /** To the one it is for. */
  challenge(words: OfferWords): string;
  /** To everybody. */
  open(words: OfferWords): string;
  won(words: WonWords): string;
}

export const shareMessages: Readonly<Record<Language, Messages>> = {
  fr: {
    challenge: ({ bout, takerPick, makerXof, takerXof, takerNetXof, link }) =>
      `Je te défie sur ${bout} : je mets ${formatXof(makerXof)}. Toi, tu prends « ${takerPick} » avec ${formatXof(takerXof)} : au moins ${formatXof(takerNetXof)} net en main si tu gagnes. Réponds ici : ${link} (18 ans et plus)`,
    open: ({ bout, takerPick, makerXof, takerXof, takerNetXof, link }) =>
      `Qui relève mon défi sur ${bout} ? Je mets ${formatXof(makerXof)}. Prenez « ${takerPick} » avec ${formatXof(takerXof)} : au moins ${formatXof(takerNetXof)} net en main si vous gagnez. Le premier l’a : ${link} (18 ans et plus)`,
    won: ({ bout, pick, netXof, link }) =>
      `${netXof === null ? 'J’ai gagné mon pari' : `J’ai gagné ${formatXof(netXof)} net`} sur Mbayar : « ${pick} », ${bout}. À qui le tour ? ${link} (18 ans et plus)`,
  },
  wo: {
    challenge: ({ bout, takerPick, makerXof, takerXof, takerNetXof, link }) =>
      `Dama lay dëkk ci ${bout} : ${formatXof(makerXof)} laay dugal. Yaw, « ${takerPick} » nga jël ak ${formatXof(takerXof)} : su nga gañee, ${formatXof(takerNetXof)} la gëna néew ci sa loxo. Tontu ma fii : ${link} (18 at ak lu ko ëpp)`,
    open: ({ bout, takerPick, makerXof, takerXof, takerNetXof, link }) =>
      `Kan mooy nangu sama dëkkoo ci ${bout} ? ${formatXof(makerXof)} laay dugal. Jëlal « ${takerPick} » ak ${formatXof(takerXof)} : su nga gañee, ${formatXof(takerNetXof)} la gëna néew ci sa loxo. Ki jiitu moo ko moom : ${link} (18 at ak lu ko ëpp)`,
    won: ({ bout, pick, netXof, link }) =>
      `${netXof === null ? 'Gañe naa sama paari' : `Gañe naa ${formatXof(netXof)}`} ci Mbayar : « ${pick} », ${bout}. Kan mooy topp ? ${link} (18 at ak lu ko ëpp)`,
  },
};

export const shareWords = {
  whatsapp: 'Envoyer par WhatsApp',
  inLanguage: { fr: 'Le même en français', wo: 'Ci wolof' },
  more: 'Partager autrement',
  wonTitle: 'Partager ma victoire',
  wonHint: 'Sans le montant, ni le nom de l’autre.',
  withAmount: 'Avec le montant',
} as const satisfies Readonly<Record<string, unknown>>;
