// The size of an element's inside, followed as it changes.
import { useLayoutEffect, useState, type RefObject } from 'react';
import type { Size } from './pageLayout';

/** The size, and whether it has been measured yet. */
export function useViewSize(element: RefObject<HTMLElement | null>): [Size, boolean] {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const node = element.current;
    if (!node) return undefined;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = node;
      setSize((before) => (before?.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, [element]);
  return [size ?? { width: 800, height: 600 }, size !== null];
}
