import { bring } from '#ui/alive.ts';
import { boutPage } from '../pages/bout.tsx';

bring(boutPage.Main);
