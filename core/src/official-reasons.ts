/**
 * Why a row, or a whole file, of the official data is refused, in conflict or worth a remark. Each code has one sentence
 * in French, for the person who prepared the file; `{name}` is a parameter.
 */

export const officialReasons = {
  // The whole file: nothing of it is read.
  file_not_readable: 'le fichier ne peut pas être lu ({detail})',
  file_empty: 'le fichier est vide',
  file_too_large: 'le fichier dépasse {maxBytes} octets',
  file_not_text: 'le fichier n’est pas un texte UTF-8 (ligne {line} : {detail})',
  file_csv_broken: 'ligne {line} : le CSV est mal formé ({detail})',
  file_rows_too_many: 'le fichier dépasse {max} lignes de données',
  header_column_missing: 'l’en-tête n’a pas la colonne « {column} »',
  header_column_unknown: 'l’en-tête a une colonne inconnue « {column} »',
  header_column_twice: 'l’en-tête a deux fois la colonne « {column} »',

  // One row, unreadable.
  cell_count: '{found} cellules au lieu de {expected}',
  cell_missing: 'la colonne « {column} » est vide',
  cell_too_long: 'la colonne « {column} » dépasse {max} caractères',
  cell_bad_character: 'la colonne « {column} » contient un caractère invisible ou de commande',
  id_bad: 'identifiant « {text} » : attendu {expected}',
  id_twice: 'l’identifiant {id} apparaît aussi ligne {lines}',
  name_bad: '« {text} » n’est pas un nom',
  date_bad: 'colonne « {column} » : « {text} » n’est pas une date AAAA, AAAA-MM ou AAAA-MM-JJ',
  day_bad: 'colonne « {column} » : « {text} » n’est pas un jour AAAA-MM-JJ',
  number_bad: 'colonne « {column} » : « {text} » n’est pas un nombre entre {min} et {max}',
  duration_bad: 'durée « {text} » : attendu minutes:secondes',
  choice_unknown: 'colonne « {column} » : « {text} » est inconnu ; attendu {expected}',
  source_bad: '« {text} » n’est pas une adresse http ou https',
  birth_year_differs: 'année de naissance {year} et date {date} se contredisent',
  record_incomplete: 'un bilan demande victoires, défaites et date',
  same_wrestler: 'le même lutteur des deux côtés',
  winner_missing: 'victoire sans vainqueur',
  winner_unexpected: 'vainqueur « {text} » alors que le résultat est « {result} »',
  winner_not_in_bout: 'le vainqueur « {text} » n’est ni « {a} » ni « {b} »',
  method_contradicts_result: 'méthode « {method} » avec le résultat « {result} »',

  // One row, readable, that a person must judge.
  changed_on_both_sides: '{field} : corrigé ici en {mine}, devenu {theirs} dans le fichier',
  name_ambiguous: '« {name} » peut être {candidates}',
  name_of_rejected_row: '« {name} » est le lutteur de la ligne {line}, rejetée ou en conflit',
  bout_before_debut: '« {name} » ({id}) débute en {debutYear}, après ce combat',
  same_bout_twice: 'même affiche et même jour que {ids}',

  // Remarks on a row that is applied.
  matched_by_alias: '« {name} » reconnu par le surnom de {id}',
  alias_excluded: '« {name} » est aussi un surnom de {ids}, qui débute après ce combat : nom seul',
  stub_becomes_wrestler: 'ce nom seul devient une fiche',
} as const;

export type ReasonCode = keyof typeof officialReasons;

export interface Reason {
  readonly code: ReasonCode;
  readonly params: Readonly<Record<string, string | number>>;
}

export function reason(code: ReasonCode, params: Reason['params'] = {}): Reason {
  return { code, params };
}

/** The sentence, its parameters filled in; what a file says cannot steer the terminal that shows it. */
export function reasonText({ code, params }: Reason): string {
  return officialReasons[code]
    .replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
    .replace(/\p{Cc}/gu, '�');
}
