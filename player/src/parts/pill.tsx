/** One choice of several that a tap makes. */
export function Pill({ href, name, isHere }: { href: string; name: string; isHere: boolean }) {
  return (
    <a class="pill" href={href} aria-current={isHere ? 'true' : undefined}>
      {name}
    </a>
  );
}
