// The log's two elements that need script: the chart on which a time is brushed, and the list that stops following when it is scrolled.
import { LogBrush } from './parts/brush.ts';
import { LogTail } from './parts/tail.ts';

customElements.define('vb-log-brush', LogBrush);
customElements.define('vb-log-tail', LogTail);
