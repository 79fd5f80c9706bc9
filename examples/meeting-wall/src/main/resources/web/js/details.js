// Everything about one meeting, in a dialog that stays up to date.

import {badges, signs} from './card.js';
import {el, setHidden, setText} from './dom.js';
import {arrange} from './order.js';
import {byPersonName} from './select.js';
import {clock, nameOf, plural, runtime, stateOf, typeOf} from './text.js';

export class Details {
  #dialog = document.querySelector('#details');
  #name = document.querySelector('#details-name');
  #showBadges = badges(document.querySelector('#details-badges'));
  #facts = document.querySelector('#details-facts');
  #caption = document.querySelector('#details-caption');
  #body = document.querySelector('#details-rows');
  #rows = new Map();
  id = null;

  constructor() {
    document.querySelector('#details-close').addEventListener('click', () => this.#dialog.close());
    this.#dialog.addEventListener('close', () => {
      this.id = null;
    });
    // A click beside it closes it.
    this.#dialog.addEventListener('click', event => event.target === this.#dialog && this.#dialog.close());
  }

  open(id, entry, look) {
    this.id = id;
    this.#rows.clear();
    this.#body.replaceChildren();
    this.show(entry, look);
    this.#dialog.showModal();
  }

  /** @param entry undefined when the meeting has ended */
  show(entry, {now, bridges}) {
    if (!entry) {
      setText(this.#facts, 'This meeting has ended.');
      this.#showPeople([], now);
      return;
    }
    const {meeting} = entry;
    setText(this.#name, meeting.name || 'No name');
    this.#showBadges(meeting);
    const names = (meeting.bridges ?? []).map(name => bridges.get(name)?.connected ? name : `${name} (lost)`);
    setText(this.#facts, [
      typeOf(meeting),
      meeting.startSeen ? `began at ${clock(meeting.since)}` : `began before ${clock(meeting.since)}`,
      runtime(meeting, now),
      names.length > 0 ? `on ${names.join(', ')}` : '',
    ].filter(Boolean).join(' · '));
    this.#showPeople([...entry.people.values()].sort(byPersonName), now);
    setText(this.#caption, plural(entry.size, 'person', 'people'));
  }

  #showPeople(people, now) {
    const ids = new Set(people.map(person => person.id));
    for (const [id, row] of this.#rows) {
      if (!ids.has(id)) {
        row.element.remove();
        this.#rows.delete(id);
      }
    }
    arrange(this.#body, people.map(person => {
      const row = this.#rows.get(person.id) ?? new PersonRow();
      this.#rows.set(person.id, row);
      row.show(person, now);
      return row.element;
    }));
  }
}

class PersonRow {
  #name = el('span', {});
  #uri = el('td', {class: 'uri'});
  #signs = signs();
  #in = el('span', {class: 'in'}, 'in the meeting');
  element = el('tr', {}, el('th', {scope: 'row'}, this.#name), this.#uri, el('td', {}, this.#in, this.#signs.element));

  show(person, now) {
    setText(this.#name, nameOf(person));
    setText(this.#uri, person.uri ?? '');
    this.#signs.show(person, now);
    setHidden(this.#in, stateOf(person) !== '' || person.speaking || person.presenting || person.audioMuted
      || person.videoMuted || person.recording);
  }
}
