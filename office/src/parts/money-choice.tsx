/** Real money or play money, on pages that never show both: the choice is offered where there is play money, in the sandbox. */
const texts = { real: 'Argent réel', play: 'Argent d’essai' } as const;

/** The same page of the same money. */
export function inMoney(path: string, isTest: boolean): string {
  return isTest ? `${path}?argent=essai` : path;
}

export function MoneyChoice(props: {
  readonly path: string;
  readonly isTest: boolean;
  readonly isOffered: boolean;
}) {
  if (!props.isOffered) return null;
  return (
    <nav class="row wrap" aria-label="Argent">
      {[false, true].map((isTest) => (
        <a
          class={isTest === props.isTest ? 'btn btn-go' : 'btn'}
          key={String(isTest)}
          href={inMoney(props.path, isTest)}
          aria-current={isTest === props.isTest ? 'page' : undefined}
        >
          {isTest ? texts.play : texts.real}
        </a>
      ))}
    </nav>
  );
}
