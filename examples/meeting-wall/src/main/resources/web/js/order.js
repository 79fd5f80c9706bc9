// The order of elements in the document, which is that of the keyboard and of screen readers.

/** Brings children into this order. The one with the focus is never moved, because it would lose the focus. */
export function arrange(parent, wanted) {
  const fixed = wanted.findIndex(element => element.contains(document.activeElement));
  if (fixed >= 0) {
    const anchor = wanted[fixed];
    for (let i = fixed - 1, next = anchor; i >= 0; next = wanted[i--]) {
      if (next.previousElementSibling !== wanted[i]) {
        parent.insertBefore(wanted[i], next);
      }
    }
  }
  for (let i = Math.max(fixed, 0), previous = null; i < wanted.length; previous = wanted[i++]) {
    if (i === fixed || (wanted[i].parentNode === parent && wanted[i].previousElementSibling === previous)) {
      continue;
    }
    if (previous) {
      previous.after(wanted[i]);
    } else {
      parent.prepend(wanted[i]);
    }
  }
}
