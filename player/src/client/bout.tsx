import { bring } from '../alive.ts';
import { BoutMain } from '../parts/bout-main.tsx';

bring(BoutMain);
