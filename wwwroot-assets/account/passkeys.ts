// On the pages that sign in, confirm or manage with passkeys.
import { wirePage } from './parts/page.ts';
import { passkeyPortal } from './parts/portal.ts';

const antiforgery = document.querySelector<HTMLMetaElement>('meta[name=antiforgery]')?.content ?? '';
wirePage(document, { portal: passkeyPortal(antiforgery), go: (url) => location.assign(url) });
