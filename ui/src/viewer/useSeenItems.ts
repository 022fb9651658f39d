// Which items of a scrolled list are in sight, by the number in their `data-item`.
import { useEffect, useState, type RefObject } from 'react';

export function useSeenItems(
  list: RefObject<HTMLElement | null>,
  selector: string,
  count: number,
): ReadonlySet<number> {
  const [seen, setSeen] = useState<ReadonlySet<number>>(() => new Set());
  useEffect(() => {
    const root = list.current;
    if (!root) return undefined;
    const observer = new IntersectionObserver(
      (entries) =>
        setSeen((before) => {
          const next = new Set(before);
          for (const { target, isIntersecting } of entries) {
            const number = Number((target as HTMLElement).dataset.item);
            if (isIntersecting) next.add(number);
            else next.delete(number);
          }
          return next;
        }),
      { root, rootMargin: '80px 0px' },
    );
    for (const item of root.querySelectorAll(selector)) observer.observe(item);
    return () => observer.disconnect();
  }, [list, selector, count]);
  return seen;
}
