/// One bubble for all that carries `data-tip`: shown on hover and on focus, gone with Escape.

import { useEffect, useState } from 'preact/hooks';

interface Shown {
  text: string;
  x: number;
  y: number;
  below: boolean;
}

export function Tip() {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    const show = (e: Event) => {
      const target = e.target instanceof Element ? e.target.closest<HTMLElement | SVGElement>('[data-tip]') : null;
      if (!target) return setShown(null);
      const box = target.getClientRects()[0] ?? target.getBoundingClientRect();
      const below = box.top < 90;
      setShown({ text: target.dataset['tip'] ?? '', x: box.left + box.width / 2, y: below ? box.bottom : box.top, below });
    };
    const hide = (e: Event) => {
      if (!(e instanceof KeyboardEvent) || e.key === 'Escape') setShown(null);
    };
    document.addEventListener('pointerover', show);
    document.addEventListener('focusin', show);
    document.addEventListener('keydown', hide);
    document.addEventListener('scroll', hide, true);
    return () => {
      document.removeEventListener('pointerover', show);
      document.removeEventListener('focusin', show);
      document.removeEventListener('keydown', hide);
      document.removeEventListener('scroll', hide, true);
    };
  }, []);
  if (!shown) return null;
  const [first, ...rest] = shown.text.split('\n');
  const x = Math.min(Math.max(shown.x, 130), innerWidth - 130);
  return (
    <div class={`tip${shown.below ? ' below' : ''}`} role="tooltip" style={{ left: `${x}px`, top: `${shown.y}px` }}>
      <b>{first}</b>
      {rest.map((line) => <span key={line}>{line}</span>)}
    </div>
  );
}
