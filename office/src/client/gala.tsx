import { bring } from '#ui/alive.ts';
import { galaPage } from '../pages/gala.tsx';

bring(galaPage.Main);
