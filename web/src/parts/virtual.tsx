/// A long list of which only the rows in sight are drawn. Rows are all `height` high.

import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface VirtualProps {
  count: number;
  height: number;
  more: (() => void) | null;
  row: (index: number) => ComponentChildren;
}

const around = 12;

export function useWindow({ count, height, more }: Omit<VirtualProps, 'row'>) {
  const box = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState<[number, number]>([0, 60]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const first = Math.max(0, Math.floor(element.scrollTop / height) - around);
      const last = Math.ceil((element.scrollTop + element.clientHeight) / height) + around;
      setRange((old) => (old[0] === first && old[1] === last ? old : [first, last]));
      if (more && last + around > count) more();
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      watcher.disconnect();
    };
  }, [count, height, more]);
  return { box, first: Math.min(range[0], count), last: Math.min(range[1], count) };
}
