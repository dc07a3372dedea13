import { watchState } from '../parts/watch-state.ts';

watchState(document.querySelector<HTMLElement>('[data-etat]'), 3_000);
