// The cards on the screen, and no others: of 500 meetings some 30 are in the document.

import {Card} from './card.js';
import {setAttribute} from './dom.js';
import {arrange} from './order.js';

export class Grid {
  #list;
  #open;
  #cards = new Map();
  /** Cards that went off the screen, for other meetings: making one takes longer than filling it. */
  #spare = [];
  #places = new Map();
  #selected = [];
  #layout = null;

  constructor(list, open) {
    this.#list = list;
    this.#open = open;
    list.addEventListener('keydown', event => this.#move(event));
  }

  /**
   * @param selected the meetings to show, in order
   * @param layout of layout.js
   * @param look of card.js
   * @param touched the ids of meetings that changed since the last time, or null when all are to be shown anew
   */
  render(selected, layout, look, touched) {
    const focused = this.#focusedId();
    const lostPlace = this.#places.get(focused);
    this.#selected = selected;
    this.#layout = layout;
    this.#places = new Map(selected.map((entry, i) => [entry.meeting.id, i]));

    const shown = selected.slice(layout.from, layout.to);
    const focusedPlace = this.#places.get(focused);
    // A card with the focus stays, wherever the window has been scrolled to.
    if (focusedPlace < layout.from) shown.unshift(selected[focusedPlace]);
    if (focusedPlace >= layout.to) shown.push(selected[focusedPlace]);

    const ids = new Set(shown.map(entry => entry.meeting.id));
    for (const [id, card] of this.#cards) {
      if (!ids.has(id)) {
        card.element.remove();
        this.#cards.delete(id);
        this.#spare.push(card);
      }
    }
    const elements = shown.map(entry => this.#show(entry, look, touched).element);
    arrange(this.#list, elements);
    this.#list.style.height = `${layout.height}px`;
    if (focused && focusedPlace === undefined && shown.length > 0) {
      // The meeting ended: the next one takes its place.
      this.#cards.get(shown[Math.min(Math.max(0, lostPlace - layout.from), shown.length - 1)].meeting.id).focus();
    }
  }

  #show(entry, look, touched) {
    const {id} = entry.meeting;
    let card = this.#cards.get(id);
    if (!card) {
      card = this.#spare.pop() ?? new Card(this.#open);
      this.#cards.set(id, card);
      card.show(entry, look);
    } else if (!touched || touched.has(id)) {
      card.show(entry, look);
    }
    const {columns, offset, gap, cardWidth, cardHeight} = this.#layout;
    const place = this.#places.get(id);
    const x = ((place - offset) % columns) * (cardWidth + gap);
    const y = Math.floor((place - offset) / columns) * (cardHeight + gap);
    const {style} = card.element;
    style.transform = `translate(${x}px, ${y}px)`;
    style.width = `${cardWidth}px`;
    style.height = `${cardHeight}px`;
    setAttribute(card.element, 'aria-posinset', place + 1);
    setAttribute(card.element, 'aria-setsize', this.#selected.length);
    return card;
  }

  #focusedId() {
    for (const [id, card] of this.#cards) {
      if (card.element.contains(document.activeElement)) {
        return id;
      }
    }
    return undefined;
  }

  /** Arrow keys, Home and End go from meeting to meeting. */
  #move(event) {
    const place = this.#places.get(this.#focusedId());
    if (place === undefined || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const last = this.#selected.length - 1;
    const steps = {
      ArrowLeft: place - 1,
      ArrowRight: place + 1,
      ArrowUp: place - this.#layout.columns,
      ArrowDown: place + this.#layout.columns,
      Home: 0,
      End: last,
    };
    if (event.key in steps) {
      event.preventDefault();
      this.focus(Math.min(Math.max(0, steps[event.key]), last));
    }
  }

  focus(place) {
    const {columns, gap, cardHeight} = this.#layout;
    const listTop = this.#list.getBoundingClientRect().top;
    const top = listTop + Math.floor(place / columns) * (cardHeight + gap);
    const covered = document.querySelector('#tools').getBoundingClientRect().bottom;
    if (top < covered + gap) {
      scrollBy(0, top - covered - gap);
    } else if (top + cardHeight > innerHeight) {
      scrollBy(0, top + cardHeight + gap - innerHeight);
    }
    // Scrolling brings the card into the document with the next frame.
    this.onScroll();
    this.#cards.get(this.#selected[place].meeting.id)?.focus();
  }

  /** Set by the page: renders at once. */
  onScroll() {}
}
