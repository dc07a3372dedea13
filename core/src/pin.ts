/**
 * PINs: 4 to 6 digits, the second factor of a bound device. One that somebody who knows a little about its owner, or
 * about people, would try first is refused, and the reason told.
 */

export const pinPattern = '^[0-9]{4,6}$';

export type PinWeakness = 'repeated' | 'sequence' | 'birth_date' | 'birth_year' | 'phone_tail' | 'common';

export interface PinOwner {
  /** YYYY-MM-DD. */
  readonly birthDate: string;
  /** In E.164. */
  readonly phone: string;
}

/** Why this PIN is too easy to guess, or null when it may serve. */
export function findPinWeakness(pin: string, owner: PinOwner): PinWeakness | null {
  if (/^(\d{1,3})\1+$/.test(pin)) return 'repeated';
  if (isSequence(pin)) return 'sequence';
  if (pin.includes(owner.birthDate.slice(0, 4))) return 'birth_year';
  if (birthDateForms(owner.birthDate).has(pin)) return 'birth_date';
  if (owner.phone.includes(pin)) return 'phone_tail';
  return commonPins.has(pin) ? 'common' : null;
}

/** 1234, 9876, 1357, 8901: every digit the same step from the one before, past nine too. */
function isSequence(pin: string): boolean {
  const digits = [...pin].map(Number);
  const steps = digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10);
  return new Set(steps).size === 1;
}

/** Day, month and year in any order, with and without their zeros, whole and in part: 3101, 1990, 310190, 31190. */
function birthDateForms(birthDate: string): ReadonlySet<string> {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const days = [day, String(Number(day))];
  const months = [month, String(Number(month))];
  const years = [year, year.slice(2)];
  const pairs = [
    [days, months],
    [months, days],
    [months, years],
    [years, months],
    [days, years],
    [years, days],
  ] as const;
  const triples = [
    [days, months, years],
    [months, days, years],
    [years, months, days],
    [years, days, months],
  ] as const;
  const forms = new Set<string>();
  for (const [first, second] of pairs) {
    for (const a of first) for (const b of second) forms.add(a + b);
  }
  for (const [first, second, third] of triples) {
    for (const a of first) for (const b of second) for (const c of third) forms.add(a + b + c);
  }
  return forms;
}

/** What people choose most, beside what the rules above refuse: patterns of the keyboard, mirrors, dates of everybody. */
const commonPins: ReadonlySet<string> = new Set(
  `0007 0070 0101 0202 0246 0420 0852 0911 1001 1004 1009 1020 1023 1024 1025 1029 1100 1101 1102 1110 1112 1120
   1122 1123 1124 1128 1133 1144 1155 1166 1177 1188 1199 1200 1201 1203 1204 1205 1209 1210 1213 1214 1215 1221
   1223 1224 1225 1226 1230 1231 1233 1235 1236 1245 1248 1250 1258 1324 1331 1337 1342 1345 1346 1369 1379 1397
   1423 1432 1441 1456 1470 1478 1520 1551 1590 1598 1661 1771 1793 1881 1960 1991 2000 2001 2002 2011 2012 2013
   2014 2020 2025 2026 2112 2200 2211 2215 2233 2244 2255 2277 2288 2299 2332 2369 2442 2456 2501 2512 2552 2580
   2589 3112 3113 3211 3223 3311 3322 3344 3366 3377 3399 3412 3690 3698 3721 3971 4004 4104 4120 4201 4401 4411
   4422 4433 4455 4466 4477 4488 4499 4560 4561 4567 4569 4711 4774 5001 5005 5150 5252 5511 5522 5533 5544 5566
   5577 5588 5599 5656 5665 5678 5683 5775 5885 6006 6611 6622 6633 6644 6655 6677 6688 6699 6789 6969 7007 7410
   7412 7531 7711 7722 7733 7744 7755 7766 7788 7799 7890 7891 7894 7896 7913 7931 7946 8008 8246 8421 8520 8800
   8811 8822 8833 8844 8855 8866 8877 8899 8912 8998 9009 9111 9513 9630 9632 9637 9874 9900 9911 9922 9933 9944
   9955 9966 9977 9988 0221 2210 2217 2221
   11223 12321 12344 12123 10203 11122 11221 12312 13579 14785 15975 20000 20022 22133 24680 25800 33221 36987
   54320 55566 69696 78945 78956 85200 96325 98741 12340 22177 22178 22176 10001 12021 22122
   001122 010203 012345 100100 101112 102030 110011 110110 111222 111333 112211 112233 112358 113355 115599 118811
   121234 122112 122333 123000 123124 123126 123312 123321 123412 123455 123465 123567 123654 123698 123789 123987
   124578 125125 134679 135790 141516 142536 143143 145236 147258 147369 147852 147896 147963 151515 152535 159357
   159632 159753 159951 162534 168168 171204 182838 192837 197346 200000 200020 202122 211221 212223 221122 221133
   221177 221221 222333 223344 232425 246810 246824 251436 252525 258000 258147 258369 258456 258789 258852 291188
   300300 314159 321321 321456 321654 331122 332211 333222 334455 336699 345612 357159 357951 369147 369258 369369
   369852 400400 420420 445566 456123 456321 456654 456789 456852 456987 500500 505050 515253 520131 520520 521521
   525252 531642 555666 556677 564738 654123 654789 656565 666777 667788 666888 666999 696969 741258 741852 741963
   753159 753951 770077 774411 776655 777888 778899 784512 789123 789321 789456 789654 789963 789987 800800 808080
   846270 852000 852147 852258 852369 852456 852741 852963 870621 888999 889900 900900 911911 951357 951753 963147
   963258 963741 963852 963963 987123 987321 987456 987654 987789 990099 998877 999000 999888 221770 221780 221760
   221750 221700`.split(/\s+/),
);
