/**
 * The error catalogue. Each code has one HTTP status, whether the same operation may be tried again under a new id,
 * and its sentence in French and in Wolof. `{name}` in a sentence is a parameter; a name that ends in `Xof` is an
 * amount in francs, one that ends in `At` an instant, `until` an instant or what a limit waits for (`limitEnds`), and
 * `reason` a code that the sentence says in words. Types make it exhaustive: a code without a status or a text does not compile.
 *
 * The Wolof sentences wait for a native reviewer.
 */

import { formatXof } from './money.ts';
import type { PinWeakness } from './pin.ts';

interface Entry {
  readonly status: number;
  /** May the person try the same thing again, unchanged, and expect another answer? */
  readonly retry: boolean;
  readonly fr: string;
  readonly wo: string;
}

export const errorCatalogue = {
  // The request itself. Never stored with an operation.
  request_invalid: {
    status: 400,
    retry: false,
    fr: 'La demande n’est pas valide : {detail}.',
    wo: 'Li nga laaj baaxul : {detail}.',
  },
  field_missing: {
    status: 400,
    retry: false,
    fr: 'Il manque une réponse ici.',
    wo: 'Am na lu desee fii.',
  },
  field_invalid: {
    status: 400,
    retry: false,
    fr: 'Cette réponse n’est pas valable.',
    wo: 'Tontu bii baaxul.',
  },
  date_invalid: {
    status: 400,
    retry: false,
    fr: 'Cette date n’existe pas. Vérifiez le jour, le mois et l’année.',
    wo: 'Bés bii amul. Seetaatal bés bi, weer wi ak at mi.',
  },
  amount_not_whole: {
    status: 400,
    retry: false,
    fr: 'Écrivez le montant en francs entiers, en chiffres : 1 000, sans virgule.',
    wo: 'Bindal xaalis bi ci lim yu mat : 1 000, ci lu dul wirgul.',
  },
  body_too_large: {
    status: 413,
    retry: false,
    fr: 'La demande est trop longue.',
    wo: 'Li nga yónnee dafa gudd lool.',
  },
  media_type_unsupported: {
    status: 415,
    retry: false,
    fr: 'Ce format n’est pas accepté ici.',
    wo: 'Xeetu mbind mii nanguwuñu ko fii.',
  },
  not_found: {
    status: 404,
    retry: false,
    fr: 'Cette page ou cet élément n’existe pas.',
    wo: 'Li ngay seet amul.',
  },
  internal: {
    status: 500,
    retry: true,
    fr: 'Une erreur est survenue chez nous. Rien n’est perdu : regardez vos paris avant de réessayer.',
    wo: 'Am na njuumte ci sunu wàll. Dara réerul : xoolal say paari laata ngay dooraat.',
  },
  busy: {
    status: 503,
    retry: true,
    fr: 'Beaucoup de monde en ce moment. Réessayez dans quelques secondes : rien n’a été débité.',
    wo: 'Nit ñi dañu bari léegi. Jéemaatal ci ay saa : dara génnul.',
  },

  provider_unavailable: {
    status: 503,
    retry: true,
    fr: 'L’opérateur {provider} ne répond pas bien en ce moment. Vos paris continuent ; rien n’a été débité.',
    wo: 'Operatër {provider} tontuwul bu baax léegi. Say pari yaa ngi dox ; dara génnul.',
  },

  provider_stopped: {
    status: 503,
    retry: true,
    fr: 'Les dépôts par {provider} sont arrêtés pour le moment. Vos paris continuent ; rien n’a été débité.',
    wo: 'Dugal xaalis ci {provider} taxaw na léegi. Say pari yaa ngi dox ; dara génnul.',
  },

  maintenance: {
    status: 503,
    retry: true,
    fr: 'Mbayar est en maintenance. Votre argent et vos paris ne bougent pas : revenez dans quelques minutes.',
    wo: 'Ñu ngi defar Mbayar. Sa xaalis ak say pari duñu yengu : délluseel ci ay simili.',
  },

  // Who is asking.
  log_in_required: {
    status: 401,
    retry: false,
    fr: 'Connectez-vous pour continuer.',
    wo: 'Duggal ngir wéy.',
  },
  too_many_requests: {
    status: 429,
    retry: true,
    fr: 'Trop de demandes à la suite. Attendez {retryAfterS} secondes : rien n’a été débité.',
    wo: 'Laaj yi dañu bari. Xaaral {retryAfterS} saa : dara génnul.',
  },
  step_up_required: {
    status: 403,
    retry: false,
    fr: 'Confirmez d’abord que c’est bien vous.',
    wo: 'Dëggalal ba noppi ni yow la.',
  },
  passkey_expired: {
    status: 409,
    retry: true,
    fr: 'La demande de clé a expiré. Recommencez.',
    wo: 'Laajug caabi ji jeex na. Tàmbaliwaatal.',
  },
  passkey_refused: {
    status: 401,
    retry: false,
    fr: 'Cette clé n’a pas été acceptée. Essayez encore, ou passez par le code.',
    wo: 'Nanguwuñu caabi jii. Jéemaatal, wala nga jaar ci kod bi.',
  },
  passkeys_too_many: {
    status: 409,
    retry: false,
    fr: 'Vous avez déjà {max} clés. Retirez-en une d’abord.',
    wo: 'Am nga {max} caabi ba noppi. Dindil benn ci ñoom.',
  },
  not_allowed: { status: 403, retry: false, fr: 'Vous ne pouvez pas faire cela.', wo: 'Mënoo def loolu.' },
  form_expired: {
    status: 403,
    retry: false,
    fr: 'Cette page a expiré. Rechargez-la et recommencez : rien n’a été débité.',
    wo: 'Xët wi jeex na. Yeesalal ko te tàmbaliwaat : dara génnul.',
  },
  phone_invalid: {
    status: 400,
    retry: false,
    fr: 'Ce numéro de téléphone n’est pas valide.',
    wo: 'Nimero telefon bii baaxul.',
  },
  phone_taken: {
    status: 409,
    retry: false,
    fr: 'Ce numéro appartient déjà à quelqu’un.',
    wo: 'Nimero bii am na boroom.',
  },
  code_wrong: {
    status: 401,
    retry: false,
    fr: 'Ce code n’est pas le bon, ou il a expiré.',
    wo: 'Kod bii baaxul, wala dafa jeex.',
  },
  code_too_many_failures: {
    status: 429,
    retry: true,
    fr: 'Trop de codes faux. Attendez {retryAfterS} secondes avant de réessayer.',
    wo: 'Kod yu baaxul yi dañu bari. Xaaral {retryAfterS} saa.',
  },
  code_too_soon: {
    status: 429,
    retry: true,
    fr: 'Un code vient de partir. Attendez {retryAfterS} secondes pour en demander un autre.',
    wo: 'Kod bi dem na. Xaaral {retryAfterS} saa laata ngay laaj beneen.',
  },
  pin_weak: {
    status: 422,
    retry: false,
    fr: 'Ce PIN se devine trop vite : {reason}. Choisissez-en un autre.',
    wo: 'PIN bii dafa yomb a xam : {reason}. Tànnal beneen.',
  },
  pin_mismatch: {
    status: 422,
    retry: false,
    fr: 'Les deux PIN ne sont pas les mêmes. Retapez-les.',
    wo: 'Ñaari PIN yi wuute nañu. Bindaatleen.',
  },
  pin_wrong: {
    status: 401,
    retry: false,
    fr: 'Ce PIN n’est pas le bon.',
    wo: 'PIN bii baaxul.',
  },
  pin_too_many_failures: {
    status: 429,
    retry: true,
    fr: 'Trop de PIN faux. Attendez {retryAfterS} secondes avant de réessayer.',
    wo: 'PIN yu baaxul yi dañu bari. Xaaral {retryAfterS} saa.',
  },
  device_unknown: {
    status: 401,
    retry: false,
    fr: 'Nous ne connaissons pas cet appareil. Demandez un code par SMS.',
    wo: 'Xamuñu jumtukaay bii. Laajal kod ci SMS.',
  },
  log_in_expired: {
    status: 401,
    retry: false,
    fr: 'Cette connexion a expiré. Recommencez avec votre numéro.',
    wo: 'Duggu gi jeex na. Tàmbaliwaatal ak sa nimero.',
  },
  sms_unavailable: {
    status: 503,
    retry: true,
    fr: 'Les SMS ne partent pas en ce moment. Réessayez dans quelques minutes.',
    wo: 'Bataaxal yi mënuñoo dem léegi. Jéemaatal ci ay simili.',
  },
  too_young: {
    status: 403,
    retry: false,
    fr: 'Mbayar est réservé aux personnes de 18 ans et plus.',
    wo: 'Mbayar, ñi am 18 at wala lu ko ëpp rekk a ko moom.',
  },
  terms_outdated: {
    status: 409,
    retry: false,
    fr: 'Les conditions ont changé. Relisez-les et acceptez-les.',
    wo: 'Sàrt yi soppeeku nañu. Jàngaatal leen te nangu leen.',
  },
  pseudonym_invalid: {
    status: 400,
    retry: false,
    fr: 'Choisissez un pseudo de 3 à 20 lettres, chiffres ou tirets.',
    wo: 'Tànnal tur bu am 3 ba 20 araf wala lim.',
  },
  pseudonym_taken: {
    status: 409,
    retry: false,
    fr: 'Ce pseudo est déjà pris. Choisissez-en un autre.',
    wo: 'Tur bii am na ku ko jël. Tànnal beneen.',
  },
  referral_code_unknown: {
    status: 409,
    retry: false,
    fr: 'Personne n’a ce code de parrainage. Corrigez-le ou laissez vide.',
    wo: 'Kenn amul kod boobu. Jubbanti ko walla nga bàyyi ko.',
  },
  sign_up_expired: {
    status: 409,
    retry: false,
    fr: 'L’inscription a expiré. Recommencez avec votre numéro.',
    wo: 'Bind gi jeex na. Tàmbaliwaatal ak sa nimero.',
  },

  // Operations.
  operation_id_reused: {
    status: 422,
    retry: false,
    fr: 'Cette demande a déjà servi pour autre chose. Recommencez avec une nouvelle.',
    wo: 'Laaj bii jëfandikoo nañu ko ba noppi. Tàmbalil beneen.',
  },
  slip_expired: {
    status: 409,
    retry: false,
    fr: 'Ce bulletin a expiré : rien n’a été débité. Vérifiez et validez le nouveau.',
    wo: 'Bulte bi jeex na : dara génnul. Xoolal bu bees bi te nangu ko.',
  },
  operation_unknown: {
    status: 404,
    retry: true,
    fr: 'Nous n’avons pas reçu cette demande. Si elle est encore en route, elle aura un seul effet.',
    wo: 'Jotuñu laaj bii. Su dee ci yoon wi, benn yoon lay am njeexital.',
  },

  // Betting. Stored with the operation.
  market_not_open: {
    status: 409,
    retry: false,
    fr: 'Les paris ne sont pas ouverts sur ce combat.',
    wo: 'Paari yi ubbeeguñu ci bëre bii.',
  },
  market_suspended: {
    status: 409,
    retry: true,
    fr: 'Les paris sont suspendus un moment sur ce combat.',
    wo: 'Paari yi taxawal nañu leen ab diir ci bëre bii.',
  },
  market_closed: {
    status: 409,
    retry: false,
    fr: 'Les paris sont fermés sur ce combat. Rien n’a été débité.',
    wo: 'Paari yi tëj nañu ci bëre bii. Dara génnul.',
  },
  pool_not_open: {
    status: 409,
    retry: false,
    fr: 'Ce pari mutuel n’est pas ouvert.',
    wo: 'Mutuel bii ubbeegul.',
  },
  pool_suspended: {
    status: 409,
    retry: true,
    fr: 'Ce pari mutuel est suspendu un moment.',
    wo: 'Mutuel bii taxawal nañu ko ab diir.',
  },
  pool_closed: {
    status: 409,
    retry: false,
    fr: 'Ce pari mutuel est fermé. Rien n’a été débité.',
    wo: 'Mutuel bii tëj na. Dara génnul.',
  },
  pool_state_forbids: {
    status: 409,
    retry: false,
    fr: 'L’état du pari mutuel ({state}) ne permet pas cette commande.',
    wo: 'Anamu mutuel bi ({state}) mayul ndigal lii.',
  },
  pool_legs_invalid: {
    status: 422,
    retry: false,
    fr: 'Choisissez de un à dix combats de ce gala qui n’ont pas commencé, et chaque question une seule fois.',
    wo: 'Tannal benn ba fukk bëre ci gala bii yu tàmbaliwul, laaj bu nekk benn yoon.',
  },
  picks_invalid: {
    status: 422,
    retry: false,
    fr: 'Faites un choix pour chacun des combats de ce pari mutuel ({legCount}).',
    wo: 'Tannal benn tontu ci bëre bu nekk ci mutuel bii ({legCount}).',
  },
  barred_person: {
    status: 403,
    retry: false,
    fr: 'Les lutteurs, arbitres, promoteurs et leurs proches ne parient pas. Une erreur ? Écrivez à l’assistance. Vous pouvez toujours retirer votre argent.',
    wo: 'Mbër, arbitre, promoter ak ñi leen jege duñu paari. Njuumte la ? Bindal ndimbal li. Mën nga génne sa xaalis saa su nekk.',
  },
  barred_unrecognisable: {
    status: 422,
    retry: false,
    fr: 'Il faut de quoi la reconnaître : un téléphone, une pièce, ou une date de naissance.',
    wo: 'Soxla nañu lu ñu ko xàmmee : telefon, kayit, wala bis bi mu juddu.',
  },
  barred_ended: {
    status: 409,
    retry: false,
    fr: 'Cette interdiction est déjà levée ou finie.',
    wo: 'Tere bii jeex na ba noppi.',
  },
  player_may_not_bet: {
    status: 403,
    retry: false,
    fr: 'Votre compte ne peut pas parier. Vous pouvez toujours retirer votre argent.',
    wo: 'Sa kont mënul paari. Mën nga génne sa xaalis saa su nekk.',
  },
  player_cooling_off: {
    status: 403,
    retry: false,
    fr: 'Vous faites une pause. Vous pourrez rejouer {until}. Vous pouvez toujours retirer votre argent.',
    wo: 'Yaa ngi noppalu. Dinga mëna dellu po {until}. Mën nga génne sa xaalis saa su nekk.',
  },
  player_self_excluded: {
    status: 403,
    retry: false,
    fr: 'Vous vous êtes exclu du jeu. Vous pouvez toujours retirer votre argent.',
    wo: 'Yaa génne sa bopp ci po mi. Mën nga génne sa xaalis saa su nekk.',
  },
  player_under_age: {
    status: 403,
    retry: false,
    fr: 'Jouer est réservé aux 18 ans et plus. Vous pouvez toujours retirer votre argent.',
    wo: 'Ku matul 18 at du fo fii. Mën nga génne sa xaalis saa su nekk.',
  },
  reality_check_due: {
    status: 409,
    retry: false,
    fr: 'Avant de continuer, regardez depuis combien de temps vous jouez.',
    wo: 'Balaa ngay wéy, xoolal ban diir nga nekk ci po mi.',
  },
  limit_stake: {
    status: 409,
    retry: false,
    fr: 'Votre limite de mise est de {limitXof} sur {period}. Il vous reste {leftXof}. La suite se libère {until}.',
    wo: 'Sa dayo teg mooy {limitXof} ci {period}. Des na la {leftXof}. Li ci topp dina yewweeku {until}.',
  },
  limit_loss: {
    status: 409,
    retry: false,
    fr: 'Votre limite de perte est de {limitXof} sur {period}, mises en jeu comprises. Il vous reste {leftXof}. La suite se libère {until}.',
    wo: 'Sa dayo ñàkk mooy {limitXof} ci {period}, boole ci li nga teg. Des na la {leftXof}. Li ci topp dina yewweeku {until}.',
  },
  limit_deposit: {
    status: 409,
    retry: false,
    fr: 'Votre limite de dépôt est de {limitXof} sur {period}. Il vous reste {leftXof}. La suite se libère {until}.',
    wo: 'Sa dayo yeb mooy {limitXof} ci {period}. Des na la {leftXof}. Li ci topp dina yewweeku {until}.',
  },
  limit_market: {
    status: 409,
    retry: false,
    fr: 'Sur une même question ou un même mutuel, chacun mise {limitXof} au plus. Il vous reste {leftXof} jusqu’à la fermeture des paris, au plus tard {until}.',
    wo: 'Ci benn laaj wala benn mutuel, nit ku nekk {limitXof} lay gëna teg. Des na la {leftXof} ba pari yi tëj, su yàggee lool {until}.',
  },
  limit_house_day: {
    status: 409,
    retry: false,
    fr: 'Chacun mise {limitXof} au plus sur 24 heures. Il vous reste {leftXof}. La suite se libère {until}.',
    wo: 'Nit ku nekk {limitXof} lay gëna teg ci 24 waxtu. Des na la {leftXof}. Li ci topp dina yewweeku {until}.',
  },
  limit_total_market: {
    status: 409,
    retry: false,
    fr: 'Sur cette question ou ce mutuel, la maison prend {limitXof} au plus de tous les joueurs. Il reste {leftXof} jusqu’à la fermeture des paris, au plus tard {until}.',
    wo: 'Ci laaj bii wala mutuel bii, kër gi {limitXof} lay gëna jël ci ñépp. Des na {leftXof} ba pari yi tëj, su yàggee lool {until}.',
  },
  limit_total_gala: {
    status: 409,
    retry: false,
    fr: 'Sur ce gala, la maison prend {limitXof} au plus de tous les joueurs. Il reste {leftXof}, jusqu’{until}.',
    wo: 'Ci gala bii, kër gi {limitXof} lay gëna jël ci ñépp. Des na {leftXof}, {until}.',
  },
  limit_total_house: {
    status: 409,
    retry: false,
    fr: 'La maison garde {limitXof} de mises au plus en même temps. Il reste {leftXof}, jusqu’{until}.',
    wo: 'Kër gi {limitXof} lay gëna denc ci benn yoon. Des na {leftXof}, {until}.',
  },
  limit_unchanged: {
    status: 409,
    retry: false,
    fr: 'Cette limite est déjà en place.',
    wo: 'Dayo boobu moo fi nekk ba noppi.',
  },
  limit_change_too_early: {
    status: 409,
    retry: false,
    fr: 'Vous pourrez confirmer ce changement {until}.',
    wo: 'Dinga mëna dëggal coppite bii {until}.',
  },
  exclusion_length_forbidden: {
    status: 422,
    retry: false,
    fr: 'Cette durée n’est pas possible : de {minDays} à {maxDays} jours.',
    wo: 'Diir boobu mënul nekk : ci {minDays} ba {maxDays} fan.',
  },
  exclusion_not_over: {
    status: 409,
    retry: false,
    fr: 'Votre exclusion n’est pas finie. Elle ne peut pas être raccourcie.',
    wo: 'Sa génn ci po mi jeexagul. Mënuñu ko gàttal.',
  },
  exclusion_absent: {
    status: 409,
    retry: false,
    fr: 'Votre compte n’est pas exclu, ou votre retour est déjà demandé.',
    wo: 'Sa kont génnul ci po mi, wala laaj nga ba noppi ngir dellusi.',
  },
  stake_below_min: {
    status: 422,
    retry: false,
    fr: 'La mise est d’au moins {minXof}.',
    wo: 'Paari bi {minXof} lay tàmbali.',
  },
  stake_above_max: {
    status: 422,
    retry: false,
    fr: 'La mise est de {maxXof} au plus par pari, jusqu’{until}.',
    wo: 'Benn paari warul ëpp {maxXof}, {until}.',
  },
  ask_below_min: {
    status: 422,
    retry: false,
    fr: 'La mise demandée à l’autre est d’au moins {minXof}.',
    wo: 'Li ngay laaj keneen ki {minXof} lay tàmbali.',
  },
  ask_above_max: {
    status: 422,
    retry: false,
    fr: 'La mise demandée à l’autre est de {maxXof} au plus par pari, jusqu’{until}.',
    wo: 'Li ngay laaj keneen ki ci benn paari warul ëpp {maxXof}, {until}.',
  },
  amount_off_ladder: {
    status: 422,
    retry: false,
    fr: 'Ces montants ne tombent pas juste. Le plus proche : {stakeXof} contre {askXof}.',
    wo: 'Xaalis yii yemuñu. Li gën a jege : {stakeXof} ak {askXof}.',
  },
  net_below_stake: {
    status: 422,
    retry: false,
    fr: 'À ce rapport, le gagnant toucherait {netXof} pour {stakeXof} misés : il perdrait de l’argent. Rapprochez les deux mises.',
    wo: 'Su fi nekkee, ki gañe {netXof} lay jot ci {stakeXof} yi mu dugal : dina ñàkk xaalis. Jegeleel ñaari paari yi.',
  },
  insufficient_funds: {
    status: 409,
    retry: false,
    fr: 'Il vous manque {missingXof} pour cette mise.',
    wo: '{missingXof} a la manke ngir paari bii.',
  },
  offer_not_found: {
    status: 404,
    retry: false,
    fr: 'Ce défi n’existe pas, ou il n’est pas pour vous.',
    wo: 'Dëkkoo bii amul, wala du sa bos.',
  },
  offer_own: {
    status: 409,
    retry: false,
    fr: 'C’est votre propre défi : quelqu’un d’autre doit l’accepter.',
    wo: 'Sa dëkkoo la : keneen moo ko war a nangu.',
  },
  offer_expired: {
    status: 409,
    retry: false,
    fr: 'Ce défi a pris fin. Rien n’a été débité.',
    wo: 'Dëkkoo bii jeex na. Dara génnul.',
  },
  expiry_passed: {
    status: 409,
    retry: false,
    fr: 'La fin de ce défi est déjà passée. Choisissez une heure plus tard.',
    wo: 'Waxtu wi dëkkoo bi war a jeex paase na. Tànnal waxtu wu gëna yàgg.',
  },
  accounts_linked: {
    status: 409,
    retry: false,
    fr: 'Ces deux comptes sont liés : ils ne peuvent pas parier l’un contre l’autre.',
    wo: 'Ñaari compte yii dañoo lëkkaloo : mënuñu pari seen biir.',
  },
  offer_taken: {
    status: 409,
    retry: false,
    fr: 'Trop tard : il ne reste que {leftXof} à prendre sur ce défi. Rien n’a été débité.',
    wo: 'Yéex nga : {leftXof} rekk a des ci dëkkoo bi. Dara génnul.',
  },
  offer_gone: {
    status: 409,
    retry: false,
    fr: 'Ce défi vient d’être pris ou retiré. Rien n’a été débité.',
    wo: 'Dëkkoo bi jël nañu ko wala dindi nañu ko. Dara génnul.',
  },
  fill_below_min: {
    status: 422,
    retry: false,
    fr: 'Prenez au moins {minXof} de ce défi, ou tout ce qui reste ({leftXof}).',
    wo: 'Jëlal lu mu néew néew {minXof}, wala li ci des lépp ({leftXof}).',
  },
  offer_whole_only: {
    status: 422,
    retry: false,
    fr: 'Ce défi se prend en entier : {leftXof}.',
    wo: 'Dëkkoo bii lépp lañuy jël : {leftXof}.',
  },
  rest_below_min: {
    status: 422,
    retry: false,
    fr: 'Il resterait trop peu pour un autre. Prenez {fillXof} au plus, ou tout ({leftXof}).',
    wo: 'Li ci des dafay néew lool. Jëlal {fillXof} wala lépp ({leftXof}).',
  },
  offer_nothing_open: {
    status: 409,
    retry: false,
    fr: 'Rien à retirer : ce défi est déjà pris, retiré ou rendu.',
    wo: 'Amul loo dindi : dëkkoo bi jël nañu ko wala delloo nañu ko.',
  },

  // Wallet. Stored with the operation.
  provider_not_for_you: {
    status: 403,
    retry: false,
    fr: 'Ce moyen de paiement n’est pas ouvert à votre compte.',
    wo: 'Yoonu fey wii ubbeegul ci sa kont.',
  },
  deposit_below_min: {
    status: 422,
    retry: false,
    fr: 'Le dépôt est d’au moins {minXof}.',
    wo: 'Dugal xaalis {minXof} lay tàmbali.',
  },
  deposit_above_max: {
    status: 422,
    retry: false,
    fr: 'Le dépôt est de {maxXof} au plus.',
    wo: 'Dugal xaalis warul ëpp {maxXof}.',
  },
  payment_not_found: {
    status: 422,
    retry: false,
    fr: 'Aucun de vos dépôts ne porte ce numéro pour le moment. Vérifiez-le, ou réessayez plus tard.',
    wo: 'Amul benn ci say dépôt bu am nimero bii léegi. Xoolaatal ko, wala nga jéemaat ci kanam.',
  },
  deposit_has_come: {
    status: 409,
    retry: false,
    fr: 'L’argent de ce dépôt est déjà arrivé.',
    wo: 'Xaalisu dépôt bii agsi na ba noppi.',
  },
  deposit_attempts_used_up: {
    status: 409,
    retry: false,
    fr: 'Ce dépôt ne peut plus être payé. Commencez-en un autre.',
    wo: 'Dépôt bii kenn mënatu ko fey. Tàmbalil beneen.',
  },
  withdrawal_below_min: {
    status: 422,
    retry: false,
    fr: 'Le retrait est d’au moins {minXof}.',
    wo: 'Génne xaalis {minXof} lay tàmbali.',
  },
  withdrawal_not_multiple: {
    status: 422,
    retry: false,
    fr: 'Le retrait est un multiple de {multipleXof}. Le plus proche : {nearestXof}.',
    wo: 'Génne xaalis dafay méngoo ak {multipleXof}. Li gën a jege : {nearestXof}.',
  },
  withdrawal_not_waiting: {
    status: 409,
    retry: false,
    fr: 'Ce retrait n’attend plus de décision.',
    wo: 'Génne bii xaaratul dogal.',
  },
  withdrawal_decided: {
    status: 409,
    retry: false,
    fr: 'Vous avez déjà donné votre avis, ou la décision est prise.',
    wo: 'Joxe nga sa xalaat ba noppi, wala dogal bi jël nañu ko.',
  },
  verdict_waits: {
    status: 409,
    retry: false,
    fr: 'Un constat attend déjà une deuxième personne.',
    wo: 'Am na lu ñu gis lu xaar ñaareelu nit.',
  },
  verdict_not_now: {
    status: 409,
    retry: false,
    fr: 'Ce retrait n’en est pas là : regardez d’abord où il en est.',
    wo: 'Génne bii àgguwul fa : xoolal fan la tollu.',
  },
  withdrawal_device_new: {
    status: 403,
    retry: false,
    fr: 'Votre appareil est nouveau : les retraits reprennent le {untilAt}. Votre argent reste à vous.',
    wo: 'Sa jumtukaay dafa bees : génne xaalis dina tàmbaliwaat {untilAt}. Sa xaalis yaa ko moom.',
  },
  withdrawal_access_changed: {
    status: 403,
    retry: false,
    fr: 'Votre accès vient de changer : les retraits reprennent le {untilAt}. Votre argent reste à vous.',
    wo: 'Sa yoonu duggu dafa soppeeku : génne xaalis dina tàmbaliwaat {untilAt}. Sa xaalis yaa ko moom.',
  },
  case_already_open: {
    status: 409,
    retry: false,
    fr: 'Un dossier est déjà ouvert sur ce compte. Une personne le lit.',
    wo: 'Am na dosiye bu ubbeeku ba noppi ci kont bii. Nit a ngi koy xool.',
  },
  case_decided: {
    status: 409,
    retry: false,
    fr: 'Ce dossier est déjà décidé.',
    wo: 'Dosiye bii dogal nañu ko ba noppi.',
  },
  case_not_proposed: {
    status: 409,
    retry: false,
    fr: 'Une autre personne doit d’abord proposer cette décision.',
    wo: 'Keneen moo war a jëkk a digle dogal bii.',
  },
  suspense_settled: {
    status: 409,
    retry: false,
    fr: 'Cet argent n’attend plus : c’est déjà réglé.',
    wo: 'Xaalis bii xaarul dara : sotti na ba noppi.',
  },
  suspense_changed: {
    status: 409,
    retry: false,
    fr: 'Le montant a changé depuis la proposition. Proposez de nouveau.',
    wo: 'Xaalis bi soppeeku na ginnaaw bi ñu ko joxee. Joxeel beneen.',
  },
  allocation_waiting: {
    status: 409,
    retry: false,
    fr: 'Une proposition attend déjà pour cet argent. Décidez-la d’abord.',
    wo: 'Am na leneen lu ñu joxe ngir xaalis bii. Dogal ko ba noppi.',
  },
  allocation_decided: {
    status: 409,
    retry: false,
    fr: 'Cette proposition est déjà décidée.',
    wo: 'Li ñu joxe, dogal nañu ko ba noppi.',
  },
  allocation_does_not_fit: {
    status: 422,
    retry: false,
    fr: 'Cet argent ne peut pas aller là.',
    wo: 'Xaalis bii mënul dem foofu.',
  },
  allocation_player_unknown: {
    status: 422,
    retry: false,
    fr: 'Aucun joueur n’a ce numéro.',
    wo: 'Amul joueur bu am nimero bii.',
  },
  allocation_player_barred: {
    status: 422,
    retry: false,
    fr: 'Ce joueur ne peut pas jouer : son argent ne peut que repartir vers qui l’a envoyé.',
    wo: 'Joueur bii mënul po : xaalis bi mën na délu rekk ci ki ko yónnee.',
  },
  allocation_own_account: {
    status: 403,
    retry: false,
    fr: 'Cet argent vient de votre numéro : d’autres personnes décident.',
    wo: 'Xaalis bii ci sa nimero la jóge : yeneen nit ñoo koy dogal.',
  },
  day_not_over: {
    status: 409,
    retry: false,
    fr: 'Cette journée n’est pas finie, ou son relevé n’a pas été lu jusqu’au bout.',
    wo: 'Bés bi jeexagul, wala releve bi jànguñu ko ba mu mat.',
  },
  day_has_breaks: {
    status: 409,
    retry: false,
    fr: 'Cette journée a encore des écarts ouverts, ou de l’argent inexpliqué.',
    wo: 'Bés bii am na ba leegi lu wuute, wala xaalis bu ñu xamul.',
  },
  day_closed: {
    status: 409,
    retry: false,
    fr: 'Cette journée est déjà clôturée.',
    wo: 'Bés bii tëj nañu ko ba noppi.',
  },
  tax_month_not_over: {
    status: 409,
    retry: true,
    fr: 'Ce mois n’est pas fini : son impôt se paie à partir du premier jour du mois suivant.',
    wo: 'Weer wi jeexagul : juutum dañu koy fey bu weer wi ci topp dugge.',
  },
  tax_nothing_due: {
    status: 409,
    retry: false,
    fr: 'Ce mois n’a rien à payer à l’État.',
    wo: 'Weer wii amul lu ñu war a fey Nguur gi.',
  },
  tax_month_out_of_order: {
    status: 409,
    retry: false,
    fr: 'Payez d’abord {month} : les mois se paient dans l’ordre.',
    wo: 'Feyal {month} jëkk : weer yi dañu leen di fey ci seen toftale.',
  },
  tax_amount_differs: {
    status: 422,
    retry: false,
    fr: 'Ce mois doit {dueXof}, ni plus ni moins.',
    wo: 'Weer wii {dueXof} la war, du lu ko ëpp, du lu ko yées.',
  },
  tax_return_gap: {
    status: 409,
    retry: true,
    fr: 'La déclaration et nos livres ne disent pas la même chose : prévenez la technique avant de payer.',
    wo: 'Deklaraasioŋ bi ak sunuy téere wuute nañu : xamalal ko teknik bi balaa ngay fey.',
  },
  tax_remittance_waiting: {
    status: 409,
    retry: false,
    fr: 'Un paiement de ce mois attend déjà une confirmation.',
    wo: 'Feyu weer wii mu ngi xaar ba noppi ku ko dëggal.',
  },
  tax_month_remitted: {
    status: 409,
    retry: false,
    fr: 'Ce mois est déjà versé.',
    wo: 'Weer wii fey nañu ko ba noppi.',
  },
  tax_paid_on_invalid: {
    status: 422,
    retry: false,
    fr: 'Un mois se paie après sa fin, et pas dans l’avenir. Vérifiez la date.',
    wo: 'Weer dañu koy fey bu jeexee, du ëllëg. Seetaatal bés bi.',
  },
  tax_return_changed: {
    status: 409,
    retry: false,
    fr: 'La déclaration a changé depuis la proposition. Refusez-la, et proposez de nouveau.',
    wo: 'Deklaraasioŋ bi soppeeku na ginnaaw bi ñu ko jébbalee. Bañal ko, te jébbalaat.',
  },
  tax_remittance_decided: {
    status: 409,
    retry: false,
    fr: 'C’est déjà décidé.',
    wo: 'Dogal nañu ko ba noppi.',
  },
  decision_does_not_fit: {
    status: 422,
    retry: false,
    fr: 'Cette décision ne va pas avec ce dossier.',
    wo: 'Dogal bii àndul ak dosiye bii.',
  },
  account_frozen: {
    status: 403,
    retry: false,
    fr: 'Les retraits attendent : une personne examine votre dossier. Votre argent reste à vous.',
    wo: 'Génne xaalis dafay xaar : am na kuy xool sa dosiye. Sa xaalis yaa ko moom.',
  },
  withdrawal_insufficient_funds: {
    status: 409,
    retry: false,
    fr: 'Votre solde est de {availableXof}.',
    wo: '{availableXof} nga am.',
  },

  // Ceilings by what we know of a player. `freesAt` is when the oldest movement leaves the window.
  balance_over_ceiling: {
    status: 409,
    retry: false,
    fr: 'Un dépôt ne peut pas porter votre solde au-dessus de {ceilingXof}. Vous pouvez déposer {leftXof} au plus.',
    wo: 'Dugal xaalis mënul tax sa xaalis weesu {ceilingXof}. {leftXof} nga mëna dugal.',
  },
  deposit_over_ceiling: {
    status: 409,
    retry: false,
    fr: 'Vos dépôts sont limités à {ceilingXof} en 24 heures. Il reste {leftXof} ; plus à partir du {freesAt}.',
    wo: '{ceilingXof} nga mëna dugal ci 24 waxtu. {leftXof} a ci des ; lu ko ëpp ci {freesAt}.',
  },
  deposit_over_whole_ceiling: {
    status: 409,
    retry: false,
    fr: 'Vos dépôts sont limités à {ceilingXof} en 24 heures.',
    wo: '{ceilingXof} nga mëna dugal ci 24 waxtu.',
  },
  withdrawal_over_ceiling: {
    status: 409,
    retry: false,
    fr: 'Vos retraits sont limités à {ceilingXof} en 24 heures. Il reste {leftXof} ; plus à partir du {freesAt}.',
    wo: '{ceilingXof} nga mëna génne ci 24 waxtu. {leftXof} a ci des ; lu ko ëpp ci {freesAt}.',
  },
  withdrawal_over_whole_ceiling: {
    status: 409,
    retry: false,
    fr: 'Vos retraits sont limités à {ceilingXof} en 24 heures.',
    wo: '{ceilingXof} nga mëna génne ci 24 waxtu.',
  },
  deposit_not_for_you: {
    status: 403,
    retry: false,
    fr: 'Votre compte ne peut pas recevoir de dépôt. Vous pouvez toujours retirer votre argent.',
    wo: 'Sa kont mënul jot dugal. Mën nga génne sa xaalis saa su nekk.',
  },

  // Identity documents and their pictures.
  file_too_large: {
    status: 413,
    retry: false,
    fr: 'Cette photo dépasse {maxMegabytes} Mo. Envoyez-en une plus légère.',
    wo: 'Nataal bi ëpp na {maxMegabytes} Mo. Yónneel bu gëna woyof.',
  },
  picture_kind_refused: {
    status: 415,
    retry: false,
    fr: 'Format {found} refusé : envoyez une photo JPEG, PNG ou WebP.',
    wo: 'Nanguwuñu {found} : yónneel nataal JPEG, PNG wala WebP.',
  },
  picture_unreadable: {
    status: 422,
    retry: false,
    fr: 'Cette photo est abîmée ou coupée. Reprenez-la.',
    wo: 'Nataal bi dafa yàqu wala dafa dagg. Defaatal ko.',
  },
  picture_too_big: {
    status: 422,
    retry: false,
    fr: 'Cette photo a trop de pixels : {maxMegapixels} millions au plus.',
    wo: 'Nataal bi dafa rëy lool : {maxMegapixels} milyoŋi pixel a koy ëpp.',
  },
  picture_too_small: {
    status: 422,
    retry: false,
    fr: 'Cette photo est trop petite pour être lue : au moins {minPixels} pixels de côté.',
    wo: 'Nataal bi dafa tuuti lool : wareesul a yées {minPixels} pixel.',
  },
  document_number_invalid: {
    status: 422,
    retry: false,
    fr: 'Écrivez le numéro comme sur la pièce : 5 à 24 lettres et chiffres.',
    wo: 'Bindal nimero bi ni mu nekke ci kayit gi : 5 ba 24 araf ak lim.',
  },
  document_expired: {
    status: 422,
    retry: false,
    fr: 'Cette pièce n’est plus valable. Envoyez-en une en cours de validité.',
    wo: 'Kayit gii jeex na. Yónneel bu baax ba tey.',
  },
  document_waiting: {
    status: 409,
    retry: false,
    fr: 'Votre pièce est déjà chez nous : la réponse arrive.',
    wo: 'Sa kayit agsi na ba noppi : tontu baa ngi ñëw.',
  },
  document_already_approved: {
    status: 409,
    retry: false,
    fr: 'Votre identité est déjà vérifiée.',
    wo: 'Sa kayit dëggal nañu ko ba noppi.',
  },
  document_already_decided: {
    status: 409,
    retry: false,
    fr: 'Cette pièce a déjà sa décision.',
    wo: 'Kayit gii am na tontu ba noppi.',
  },
  document_under_age: {
    status: 409,
    retry: false,
    fr: 'Cette personne a moins de 18 ans : refusez la pièce pour ce motif.',
    wo: 'Nit kii matul 18 at : bañal kayit gi ci loolu.',
  },
  document_birth_date_differs: {
    status: 409,
    retry: false,
    fr: 'La date de naissance n’est pas celle de l’inscription. Cochez la correction, ou refusez.',
    wo: 'Bisu juddu bi du bi ñu binde. Nangul coppite gi, wala nga bañ.',
  },
  remark_missing: {
    status: 422,
    retry: false,
    fr: 'Dites à la personne pourquoi : ce motif seul ne suffit pas.',
    wo: 'Waxal nit ki lu tax : loolu rekk doyul.',
  },
  alert_already_closed: {
    status: 409,
    retry: false,
    fr: 'Cette alerte est déjà traitée.',
    wo: 'Artu bii jeexal nañu ko ba noppi.',
  },

  // Data rights.
  closure_already_asked: {
    status: 409,
    retry: false,
    fr: 'La fermeture de votre compte est déjà en cours.',
    wo: 'Tëj sa kont tàmbali na ba noppi.',
  },
  already_erased: {
    status: 409,
    retry: false,
    fr: 'Les données de cette personne sont déjà effacées.',
    wo: 'Mbindu nit kii far nañu ko ba noppi.',
  },

  // The office.
  bout_state_forbids: {
    status: 409,
    retry: false,
    fr: 'L’état du combat ({state}) ne permet pas cette commande.',
    wo: 'Anamu bëre bi ({state}) mayul ndigal lii.',
  },
  market_state_forbids: {
    status: 409,
    retry: false,
    fr: 'L’état du marché ({state}) ne permet pas cette commande.',
    wo: 'Anamu marse bi ({state}) mayul ndigal lii.',
  },
  hard_stop_passed: {
    status: 409,
    retry: false,
    fr: 'L’heure limite est passée : elle ne peut plus bouger.',
    wo: 'Waxtu bi weesu na : mënuñu ko soppi.',
  },
  period_reversed: {
    status: 400,
    retry: false,
    fr: 'Le premier jour vient après le dernier. Échangez-les.',
    wo: 'Bés bi njëkk dafa topp ci bi mujj. Weccee leen.',
  },
  statement_too_long: {
    status: 422,
    retry: false,
    fr: 'Cette période a plus de {max} mouvements. Choisissez-en une plus courte.',
    wo: 'Diir bii ëpp na {max} yëngu-yëngu. Tànnal bu gëna gàtt.',
  },
  date_in_past: {
    status: 422,
    retry: false,
    fr: 'Cette date est déjà passée.',
    wo: 'Bis bii weesu na.',
  },
  objection_too_early: {
    status: 409,
    retry: false,
    fr: 'Ce pari n’est pas encore réglé. La réclamation s’ouvre avec le paiement.',
    wo: 'Paari bii feyeegu ñu ko. Mën nga kaas su ñu feyee.',
  },
  objection_too_late: {
    status: 409,
    retry: false,
    fr: 'Le délai de 48 heures après le paiement est passé.',
    wo: 'Diirub 48 waxtu yi topp fey gi weesu na.',
  },
  objection_already_made: {
    status: 409,
    retry: false,
    fr: 'Vous avez déjà réclamé sur ce pari. Notre réponse vient sur sa page.',
    wo: 'Kaas nga ba noppi ci paari bii. Sunu tontu dina ñëw ci xëtam.',
  },
  objection_already_answered: {
    status: 409,
    retry: false,
    fr: 'Cette réclamation a déjà sa réponse.',
    wo: 'Kaas gii am na tontu ba noppi.',
  },
  objection_needs_correction: {
    status: 409,
    retry: false,
    fr: 'Une réclamation n’est admise qu’avec une correction du résultat. Deux opérateurs la font d’abord.',
    wo: 'Mënuñu nangu kaas gi te jubbantiwuñu njureef gi. Ñaari opératëer ñoo ko war a jëkk a def.',
  },
  true_whistle_not_before_close: {
    status: 422,
    retry: false,
    fr: 'L’heure vraie du coup de sifflet ne peut pas suivre la fermeture des paris.',
    wo: 'Waxtu sifle bi mënul topp tëjug paari yi.',
  },
  true_whistle_absent: {
    status: 409,
    retry: false,
    fr: 'Aucune heure de sifflet à confirmer.',
    wo: 'Amul waxtu sifle bu ñuy dëggal.',
  },
  true_whistle_unconfirmed: {
    status: 409,
    retry: false,
    fr: 'L’heure vraie du sifflet attend sa confirmation : confirmez-la d’abord.',
    wo: 'Waxtu sifle bi dëggalaguñu ko : dëggal ko ba noppi.',
  },
  root_not_published: {
    status: 409,
    retry: true,
    fr: 'La preuve des paris n’est pas encore publiée. Réessayez dans quelques secondes.',
    wo: 'Firnde paari yi feeñagul. Jéemaatal ci ay saa.',
  },
  proof_not_yet: {
    status: 409,
    retry: true,
    fr: 'La preuve est publiée à la fermeture des paris. Revenez après le coup de sifflet.',
    wo: 'Firnde gi dina feeñ bu paari yi tëjee. Délluseel ginaaw sifle bi.',
  },
  winner_missing: {
    status: 422,
    retry: false,
    fr: 'Cette fin de combat désigne un vainqueur : indiquez-le.',
    wo: 'Bëre bu jeexe nii am na ku gañe : waxal kan la.',
  },
  winner_not_expected: {
    status: 422,
    retry: false,
    fr: 'Cette fin de combat n’a pas de vainqueur.',
    wo: 'Bëre bu jeexe nii amul ku gañe.',
  },
  wrestled_time_missing: {
    status: 422,
    retry: false,
    fr: 'Un marché de ce combat se décide au temps de lutte : indiquez-le, ou annulez ce marché.',
    wo: 'Am na marse bu aju ci waxtu bëre bi : waxal ko, walla far marse boobu.',
  },
  settlement_running: {
    status: 409,
    retry: true,
    fr: 'Les paiements du résultat précédent ne sont pas finis. Réessayez dans quelques secondes.',
    wo: 'Fey bu njëkk bi jeexagul. Jéemaatal ci ay saa.',
  },
  homologation_not_expected: {
    status: 409,
    retry: false,
    fr: 'Aucun marché de ce combat n’attend l’homologation.',
    wo: 'Amul marse bu bëre bii buy xaar homologation.',
  },
  homologation_already_proposed: {
    status: 409,
    retry: false,
    fr: 'L’homologation de ce résultat est déjà proposée.',
    wo: 'Homologation bu njureef bii joxe nañu ko ba noppi.',
  },
  homologation_absent: {
    status: 409,
    retry: false,
    fr: 'Aucune homologation à confirmer pour ce combat.',
    wo: 'Amul homologation bu ñuy dëggal ci bëre bii.',
  },
  question_already_asked: {
    status: 409,
    retry: false,
    fr: 'Ce combat pose déjà cette question.',
    wo: 'Laaj bii am na ba noppi ci bëre bii.',
  },
  date_unchanged: {
    status: 422,
    retry: false,
    fr: 'C’est déjà la date de ce combat.',
    wo: 'Bis bii mooy bisu bëre bi ba noppi.',
  },
  preview_outdated: {
    status: 409,
    retry: false,
    fr: 'Depuis cet aperçu, ce que deviennent des paris a changé. Relisez-le avant de confirmer.',
    wo: 'Ginnaaw bi nga ko gisee, li pari yi di nekk soppeeku na. Jàngaatal ko laata nga koy dëggal.',
  },
  result_already_proposed: {
    status: 409,
    retry: false,
    fr: 'Un résultat est déjà proposé pour ce combat.',
    wo: 'Am na njureef bu ñu joxe ba noppi ci bëre bii.',
  },
  result_already_confirmed: {
    status: 409,
    retry: false,
    fr: 'Le résultat de ce combat est déjà confirmé.',
    wo: 'Njureefu bëre bii dëggal nañu ko ba noppi.',
  },
  result_absent: {
    status: 409,
    retry: false,
    fr: 'Aucun résultat à confirmer pour ce combat.',
    wo: 'Amul njureef bu ñuy dëggal ci bëre bii.',
  },
  same_person: {
    status: 403,
    retry: false,
    fr: 'Une autre personne doit confirmer : vous avez proposé vous-même.',
    wo: 'Keneen moo war a dëggal : yow ci sa bopp yaa ko joxe.',
  },

  // Settings.
  setting_out_of_bounds: {
    status: 422,
    retry: false,
    fr: 'Cette valeur n’est pas permise : de {lowest} à {highest}.',
    wo: 'Lii mayuñu ko : ci {lowest} ba {highest}.',
  },
  setting_value_invalid: {
    status: 422,
    retry: false,
    fr: 'Cette valeur ne convient pas à ce réglage.',
    wo: 'Lii méngoowul ak réglage bii.',
  },
  setting_unchanged: {
    status: 409,
    retry: false,
    fr: 'Ce réglage a déjà cette valeur à ce moment-là.',
    wo: 'Réglage bii moom la am ba noppi ci jamono jooju.',
  },
  settings_out_of_order: {
    status: 409,
    retry: false,
    fr: 'Le réglage « {lower} » ne peut pas dépasser « {upper} ». Changez l’autre d’abord.',
    wo: 'Réglage « {lower} » mënul ëpp « {upper} ». Soppil beneen bi ba noppi.',
  },
  settings_not_multiple: {
    status: 409,
    retry: false,
    fr: 'Le réglage « {whole} » doit être un multiple de « {part} ». Changez l’autre d’abord.',
    wo: 'Réglage « {whole} » dafa war a doon ay yoon « {part} ». Soppil beneen bi ba noppi.',
  },
  setting_change_waiting: {
    status: 409,
    retry: false,
    fr: 'Un changement de ce réglage attend déjà. Décidez-le d’abord.',
    wo: 'Am na coppite buy xaar ci réglage bii. Dogal ko ba noppi.',
  },
  setting_change_decided: {
    status: 409,
    retry: false,
    fr: 'Ce changement a déjà sa décision.',
    wo: 'Coppite bii am na dogal ba noppi.',
  },
  setting_change_in_force: {
    status: 409,
    retry: false,
    fr: 'Ce changement est déjà en vigueur. Proposez-en un autre.',
    wo: 'Coppite bii mu ngi ci doole ba noppi. Jëlal beneen.',
  },
  staff_own_account: {
    status: 403,
    retry: false,
    fr: 'C’est votre propre compte : un autre administrateur doit le faire.',
    wo: 'Sa bopp la : beneen administrateur moo ko wara def.',
  },
  staff_last_administrator: {
    status: 409,
    retry: false,
    fr: 'C’est le dernier administrateur : nommez-en d’abord un autre.',
    wo: 'Kii mooy administrateur bi mujj : taanneel beneen ba noppi.',
  },
  invitation_over: {
    status: 409,
    retry: false,
    fr: 'Cette invitation ne sert plus : elle a été prise, retirée, ou sa date est passée.',
    wo: 'Woote bii jeexna : dañu ko jël, walla dañu ko dindi, walla bésam weesuna.',
  },
  staff_may_not_bet: {
    status: 403,
    retry: false,
    fr: 'Le personnel de Mbayar ne parie pas.',
    wo: 'Ñiy liggéey ci Mbayar duñu paari.',
  },
} as const satisfies Record<string, Entry>;

export type ErrorCode = keyof typeof errorCatalogue;

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

/** The parameters that a code's sentences name: amounts and other numbers as numbers, the rest as text. */
export type ErrorParams<Code extends ErrorCode> = {
  readonly [Name in Names<(typeof errorCatalogue)[Code]['fr']>]: Name extends `${string}Xof` | `${string}S`
    ? number
    : string;
};

/** An expected refusal: a value, not an exception. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Makes a refusal; the parameters are those the sentence of the code names. */
export function refusal<Code extends ErrorCode>(
  code: Code,
  ...params: keyof ErrorParams<Code> extends never ? [] : [ErrorParams<Code>]
): Refusal {
  return { code, params: params[0] ?? {} };
}

/** Carries a refusal out of code that has no value to return. */
export class RefusalError extends Error {
  readonly refusal: Refusal;
  constructor(refused: Refusal) {
    super(refused.code);
    this.name = 'RefusalError';
    this.refusal = refused;
  }
}

/** Throws a refusal of the catalogue. */
export function fail<Code extends ErrorCode>(
  code: Code,
  ...params: keyof ErrorParams<Code> extends never ? [] : [ErrorParams<Code>]
): never {
  throw new RefusalError(refusal(code, ...params));
}

export function isRefusal(value: object): value is Refusal {
  return 'code' in value && 'params' in value;
}

export type Language = 'fr' | 'wo';

/** The sentence a person reads. Amounts are written out ("10 000 F"). */
export function sentenceOf(refused: Refusal, language: Language): string {
  return fillSentence(errorCatalogue[refused.code][language], wordParams(refused.params, language), language);
}

/** A sentence for a player, in his two languages. */
export interface Spoken {
  readonly fr: string;
  readonly wo: string;
}

export function spokenOf(refused: Refusal): Spoken {
  return { fr: sentenceOf(refused, 'fr'), wo: sentenceOf(refused, 'wo') };
}

/** Reasons are codes in the parameters and words in the sentence. */
const reasonWords: Readonly<Record<PinWeakness, Readonly<Record<Language, string>>>> = {
  repeated: { fr: 'il se répète', wo: 'dafay baamtu' },
  sequence: { fr: 'ses chiffres se suivent', wo: 'lim yi dañuy toppante' },
  birth_date: { fr: 'c’est votre date de naissance', wo: 'sa bésu juddu la' },
  birth_year: { fr: 'il contient votre année de naissance', wo: 'sa atum juddu mu ngi ci' },
  phone_tail: { fr: 'il est dans votre numéro', wo: 'mu ngi ci sa nimero' },
  common: { fr: 'beaucoup de gens le choisissent', wo: 'nit ñu bari ñoo koy tànn' },
};

function wordParams(params: Refusal['params'], language: Language): Refusal['params'] {
  const { reason } = params;
  const words = Object.entries(reasonWords).find(([code]) => code === reason)?.[1];
  return words === undefined ? params : { ...params, reason: words[language] };
}

/** "26/11, 18:30": Dakar's time is UTC. */
function formatInstant(iso: string): string {
  const [, month, day, hour] = /^\d{4}-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(iso) ?? [];
  return hour === undefined ? iso : `${day}/${month}, ${hour}`;
}

/** What a limit waits for when nobody knows the instant: the parameter `until` of its refusal is one of these. */
export const limitEnds = {
  market_close: { fr: 'à la fermeture des paris', wo: 'ba pari yi tëj' },
  bet_end: { fr: 'quand un de vos paris se termine', wo: 'bu benn ci sa paari yi jeexee' },
  offer_end: {
    fr: 'quand un de vos défis ouverts se termine ou que vous le retirez',
    wo: 'bu benn ci say défi yi ubbeeku jeexee, wala nga dindi ko',
  },
  /** Nothing counts against it: it is less than what was asked for. */
  limit_change: { fr: 'quand cette limite change', wo: 'bu dayo bii soppeekoo' },
  gala_end: { fr: 'à la fin du gala', wo: 'ba gala bi jeex' },
  next_results: { fr: 'aux prochains résultats', wo: 'ba résultat yi ñëw' },
} as const;
export type LimitEnd = keyof typeof limitEnds;

/** Words for what a client reads as a code. */
const words: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  day: { fr: '24 heures', wo: '24 waxtu' },
  week: { fr: '7 jours', wo: '7 fan' },
  month: { fr: '30 jours', wo: '30 fan' },
  ...limitEnds,
};

/** Writes the parameters of a refusal into a sentence of the catalogue. */
export function fillSentence(sentence: string, params: Refusal['params'], language: Language = 'fr'): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? '';
    if (typeof value === 'number') return name.endsWith('Xof') ? formatXof(value) : String(value);
    if (name === 'until') return untilInWords(value, language);
    if (name.endsWith('At')) return formatInstant(value);
    return name === 'period' ? (words[value]?.[language] ?? value) : value;
  });
}

function untilInWords(iso: string, language: Language): string {
  const known = words[iso];
  if (known !== undefined) return known[language];
  return language === 'fr' ? `le ${formatInstant(iso)}` : formatInstant(iso);
}
