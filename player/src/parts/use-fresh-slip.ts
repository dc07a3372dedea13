import { useRef, useState } from 'preact/hooks';

const SLIP_AGE_MS = 25_000;

/**
 * A slip is good for a minute from when it was made; a page may stay open for an hour. `freshen`, called when a
 * finger touches the form, replaces an old one. When that fails the server answers with a new slip anyway.
 */
export function useFreshSlip(first: string | null): { readonly slip: string | null; freshen(): void } {
  const [slip, setSlip] = useState(first);
  const madeAt = useRef(0);
  const isAsking = useRef(false);
  return {
    slip,
    freshen: () => {
      if (first === null || isAsking.current || performance.now() - madeAt.current < SLIP_AGE_MS) return;
      isAsking.current = true;
      fetch('/bulletin/neuf', { headers: { accept: 'application/json' } })
        .then((answer) => (answer.ok ? answer.json() : null))
        .then((body: { readonly slip: string } | null) => {
          if (body === null) return;
          madeAt.current = performance.now();
          setSlip(body.slip);
        })
        .catch(() => undefined)
        .finally(() => {
          isAsking.current = false;
        });
    },
  };
}
