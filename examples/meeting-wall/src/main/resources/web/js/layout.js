// Where cards are: a scrolled grid, or pages that fill a wall screen.

const GAP_REM = 0.75;
const NARROWEST_CARD_REM = 19;
const CARD_WITHOUT_ROWS_REM = 6.9;
const ROW_REM = 1.75;
const ROWS = 5;
const ROWS_ON_A_PHONE = 4;
const ROWS_BEYOND_SCREEN = 2;

/** The cards that a scrolled window shows, and some beyond. */
export function scrolled(count, width, top, windowHeight, rem) {
  const gap = GAP_REM * rem;
  const columns = Math.max(1, Math.floor((width + gap) / (NARROWEST_CARD_REM * rem + gap)));
  const rows = columns === 1 ? ROWS_ON_A_PHONE : ROWS;
  const cardHeight = (CARD_WITHOUT_ROWS_REM + rows * ROW_REM) * rem;
  const pitch = cardHeight + gap;
  const lines = Math.ceil(count / columns);
  const first = Math.max(0, Math.floor(-top / pitch) - ROWS_BEYOND_SCREEN);
  const last = Math.min(lines, Math.ceil((windowHeight - top) / pitch) + ROWS_BEYOND_SCREEN);
  return {
    columns,
    from: Math.min(first * columns, count),
    to: Math.max(0, Math.min(last * columns, count)),
    offset: 0,
    rows,
    gap,
    cardWidth: (width - gap * (columns - 1)) / columns,
    cardHeight,
    height: Math.max(0, lines * pitch - gap),
    pages: 1,
  };
}

/** One page of a wall screen, with cards as large as possible. */
export function paged(count, perPage, page, width, height, rem) {
  const gap = GAP_REM * rem;
  const pages = Math.max(1, Math.ceil(count / perPage));
  const shown = Math.min(count, perPage);
  const columns = bestColumns(Math.max(1, shown), width / height);
  const lines = Math.max(1, Math.ceil(shown / columns));
  const from = Math.min(page, pages - 1) * perPage;
  const cardHeight = (height - gap * (lines - 1)) / lines;
  return {
    columns,
    from,
    to: Math.min(from + perPage, count),
    offset: from,
    rows: Math.max(1, Math.floor((cardHeight / rem - CARD_WITHOUT_ROWS_REM) / ROW_REM)),
    gap,
    cardWidth: (width - gap * (columns - 1)) / columns,
    cardHeight,
    height,
    pages,
  };
}

/** Cards that are about a third wider than high, and few empty places. */
function bestColumns(cards, aspect) {
  let best = 1;
  let least = Infinity;
  for (let columns = 1; columns <= cards; columns++) {
    const lines = Math.ceil(cards / columns);
    const shape = Math.abs(Math.log(aspect * lines / columns / 1.35));
    const waste = (columns * lines - cards) / cards;
    if (shape + waste < least) {
      least = shape + waste;
      best = columns;
    }
  }
  return best;
}
