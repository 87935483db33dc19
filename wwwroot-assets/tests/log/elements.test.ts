// @vitest-environment jsdom
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

beforeAll(async () => {
  await import('../../log/log.ts');
});

afterEach(() => {
  document.body.innerHTML = '';
});

function chart(): HTMLElement {
  document.body.innerHTML = `<vb-log-brush tabindex="0" data-start="2026-11-24T17:00:00Z" data-width-ms="60000" data-count="60" data-href="/log">
    <span data-vb-mark hidden></span><span data-vb-told></span><a data-vb-go href="/log"></a></vb-log-brush>`;
  const element = document.querySelector('vb-log-brush') as HTMLElement;
  element.getBoundingClientRect = () => ({ left: 0, width: 600 }) as DOMRect;
  return element;
}

const press = (element: HTMLElement, key: string, shiftKey = false): boolean => element.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, cancelable: true }));
const point = (element: HTMLElement, kind: string, clientX: number): boolean => element.dispatchEvent(new MouseEvent(kind, { clientX, button: 0 }));

describe('the chart and the list of the log', () => {
  it('brush_ArrowsThenEnter_FollowsTheLinkToTheTime', () => {
    const element = chart();
    const go = vi.spyOn(element.querySelector('a')!, 'click').mockReturnValue();
    press(element, 'Home');
    press(element, 'ArrowRight', true);
    expect(element.querySelector<HTMLElement>('[data-vb-mark]')!.hidden).toBe(false);
    expect(element.querySelector('[data-vb-told]')!.textContent).toContain(' to ');
    press(element, 'Enter');
    expect(go).toHaveBeenCalledOnce();
    expect(element.querySelector('a')!.getAttribute('href')).toBe('/log?from=2026-11-24T17%3A00%3A00Z&to=2026-11-24T17%3A02%3A00Z');
    expect(element.querySelector<HTMLElement>('[data-vb-mark]')!.hidden).toBe(true);
  });

  it('brush_EnterWithNothingChosenOrAfterEscape_GoesNowhere', () => {
    const element = chart();
    const go = vi.spyOn(element.querySelector('a')!, 'click').mockReturnValue();
    press(element, 'Enter');
    press(element, 'End');
    press(element, 'Escape');
    press(element, 'Enter');
    expect(go).not.toHaveBeenCalled();
  });

  it('brush_Drag_FollowsTheLinkWhenItEnds', () => {
    const element = chart();
    const go = vi.spyOn(element.querySelector('a')!, 'click').mockReturnValue();
    point(element, 'pointerdown', 100);
    point(element, 'pointermove', 128);
    expect(go).not.toHaveBeenCalled();
    point(element, 'pointerup', 128);
    expect(element.querySelector('a')!.getAttribute('href')).toBe('/log?from=2026-11-24T17%3A10%3A00Z&to=2026-11-24T17%3A13%3A00Z');
  });

  it('tail_ScrolledOutOfSight_PressesPauseOnce', () => {
    document.body.innerHTML = '<button data-vb-live aria-pressed="true"></button><vb-log-tail></vb-log-tail>';
    const button = document.querySelector('button')!;
    const press = vi.fn(() => button.setAttribute('aria-pressed', 'false'));
    button.addEventListener('click', press);
    const tail = document.querySelector('vb-log-tail') as HTMLElement;
    tail.getBoundingClientRect = () => ({ top: 10 }) as DOMRect;
    document.dispatchEvent(new Event('scroll'));
    expect(press).not.toHaveBeenCalled();
    tail.getBoundingClientRect = () => ({ top: -200 }) as DOMRect;
    document.dispatchEvent(new Event('scroll'));
    document.dispatchEvent(new Event('scroll'));
    expect(press).toHaveBeenCalledOnce();
    tail.remove();
    button.setAttribute('aria-pressed', 'true');
    document.dispatchEvent(new Event('scroll'));
    expect(press).toHaveBeenCalledOnce();
  });
});
