/** Words of the office's people. */
import type { StaffRole } from '#core/api/contract.ts';
import type { StaffDone } from '#core/api/staff-pages.ts';

export const roleNames: Readonly<Record<StaffRole, string>> = {
  operator: 'Opérateur',
  support: 'Assistance',
  finance: 'Finances',
  compliance: 'Conformité',
  administrator: 'Administrateur',
  robot: 'Robot d’essai',
};

export const roleDuties: Readonly<Record<StaffRole, string>> = {
  operator: 'Ouvre les paris, siffle, saisit et confirme les résultats.',
  support: 'Aide les joueurs et propose. Ne décide pas.',
  finance: 'Approuve les gros retraits, rapproche les comptes.',
  compliance: 'Vérifie les identités, tient les exclusions et les interdits.',
  administrator: 'Invite le personnel, règle la maison.',
  robot: 'Joue l’essai automatique, sur des galas cachés.',
};

const dones: Readonly<Record<StaffDone, string>> = {
  invitation: 'Invitation envoyée.',
  'invitation-retiree': 'Invitation retirée.',
  role: 'Nouveau rôle donné. Ses sessions sont fermées.',
  depart: 'Départ enregistré. Plus rien ne lui ouvre le bureau.',
  'second-facteur': 'Second facteur effacé. Une invitation est partie.',
  sessions: 'Ses sessions sont fermées.',
};

export const staffTexts = {
  title: 'Personnel',
  done: dones,
  members: 'Dans la maison',
  left: 'parti',
  invited: 'Invités',
  invitedBy: (name: string) => `invité par ${name}`,
  until: 'valable jusqu’au',
  link: 'Le lien, si le SMS n’arrive pas. Il faut aussi le téléphone.',
  withdraw: 'Retirer l’invitation',
  inviteTitle: 'Inviter quelqu’un',
  inviteHint: 'Un lien part par SMS. Le compte ne marche qu’avec le téléphone et un second facteur.',
  name: 'Nom',
  phone: 'Téléphone',
  role: 'Rôle',
  invite: 'Inviter',
  lastUsed: 'vu',
  never: 'jamais vu',
  factors: (totp: boolean, passkeys: number) =>
    [totp ? 'application' : '', passkeys > 0 ? `${passkeys} clé${passkeys > 1 ? 's' : ''} d’accès` : '']
      .filter(Boolean)
      .join(', ') || 'aucun second facteur',
  self: 'C’est vous : un autre administrateur peut changer votre compte.',
  changeRole: 'Changer de rôle',
  changeRoleHint: 'Le nouveau rôle vaut tout de suite. Ses sessions se ferment.',
  endSessions: 'Fermer ses sessions',
  resetFactor: 'Effacer le second facteur',
  resetFactorHint: 'Téléphone perdu ou changé : il s’inscrit de nouveau par une invitation.',
  dismiss: 'Enregistrer son départ',
  dismissHint: 'Ses accès s’arrêtent tout de suite. Ce qu’il a fait reste au journal.',
  back: 'Tout le personnel',
} as const;

export const invitationTexts = {
  title: 'Bienvenue au bureau',
  hello: (name: string, by: string) => `${name}, ${by} vous invite.`,
  asRole: 'Votre rôle',
  phoneStep: '1. Votre téléphone',
  phoneHint: (phone: string) => `Un code arrive au ${phone}.`,
  sendCode: 'Recevoir le code',
  sendAgain: 'Renvoyer un code',
  code: 'Code du SMS',
  next: 'Continuer',
  appStep: '2. Votre application de codes',
  appHint: 'Photographiez ce carré avec votre application de codes, ou saisissez la clé.',
  key: 'Clé à saisir',
  qr: 'Carré à photographier avec l’application de codes',
  openApp: 'Ouvrir dans l’application de ce téléphone',
  totp: 'Code de l’application',
  totpHint: 'Six chiffres, nouveaux toutes les 30 secondes.',
  enter: 'Entrer au bureau',
  passkeyLater: 'Une clé d’accès (empreinte, visage) s’ajoute ensuite dans « Mes sessions ».',
} as const;
