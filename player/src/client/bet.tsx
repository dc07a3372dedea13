import { bringShare } from '../parts/bring-share.ts';

bringShare();
