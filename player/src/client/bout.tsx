import { bring } from '#ui/alive.ts';
import { BoutMain } from '../parts/bout-main.tsx';

bring(BoutMain);
