/** A tapped amount takes the place of a typed one, and a typed one of a tapped one. */

const typed = document.querySelector<HTMLInputElement>('input[name="amountXof"]');
const picks = [...document.querySelectorAll<HTMLInputElement>('input[name="pickedXof"]')];

for (const pick of picks) {
  pick.addEventListener('change', () => {
    if (typed !== null) typed.value = '';
  });
}
typed?.addEventListener('input', () => {
  if (typed.value === '') return;
  for (const pick of picks) pick.checked = false;
});
