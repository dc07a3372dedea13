import { watchState } from '../parts/watch-state.ts';

const page = document.querySelector<HTMLElement>('[data-etat]');
/** Within seconds while the provider answers; people take their time. */
watchState(page, page?.dataset['soon'] === undefined ? 15_000 : 2_000);
