// What the address of the page says: a wall screen is set up with a bookmark.

import {FILTERS} from './select.js';

export function readSettings() {
  const given = new URLSearchParams(location.search);
  return {
    wall: given.has('wall'),
    search: given.get('search') ?? '',
    only: new Set((given.get('only') ?? '').split(',').filter(name => name in FILTERS)),
    sort: given.get('sort') ?? 'name',
    theme: given.get('theme') ?? '',
    seconds: number(given.get('seconds'), 15, 3, 600),
    cards: number(given.get('cards'), 6, 1, 40),
  };
}

function number(text, otherwise, least, most) {
  const value = Number.parseInt(text, 10);
  return Number.isNaN(value) ? otherwise : Math.min(Math.max(value, least), most);
}

/** Puts what the user chose into the address, and leaves the rest of it alone. */
export function writeSettings(settings) {
  const given = new URLSearchParams(location.search);
  const put = (name, value) => value ? given.set(name, value) : given.delete(name);
  put('search', settings.search);
  put('only', [...settings.only].join(','));
  put('sort', settings.sort === 'name' ? '' : settings.sort);
  given.delete('wall');
  const others = given.toString();
  const query = [settings.wall ? 'wall' : '', others].filter(Boolean).join('&');
  history.replaceState(null, '', query ? `?${query}` : location.pathname);
}
