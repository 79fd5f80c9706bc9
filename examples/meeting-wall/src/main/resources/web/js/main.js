// The page: brings the feed, what the user chose, and the screen together, once for each frame.

import {Details} from './details.js';
import {el, icon, setAttribute, setClass, setHidden, setText} from './dom.js';
import {openFeed} from './feed.js';
import {Grid} from './grid.js';
import {paged, scrolled} from './layout.js';
import {count, FILTERS, select, words} from './select.js';
import {readSettings, writeSettings} from './settings.js';
import {Store} from './store.js';
import {clock, plural, shortNames} from './text.js';

const $ = id => document.getElementById(id);
const root = document.documentElement;

const store = new Store();
const settings = readSettings();
const grid = new Grid($('grid'), openDetails);
const details = new Details();

let feedState = 'connecting';
let lostAt = 0;
let hasContent = false;
let selected = [];
let touched = new Set();
/** Everything on the screen is to be shown anew. */
let all = true;
let frame = 0;
let rows = 0;
let page = 0;
let pages = 1;
let paused = false;
let nextPage = 0;
let bridges = new Map();

// ---- From the server

openFeed(new URL('updates', location.href).href.replace(/^http/, 'ws'), message => {
  const changed = store.apply(message);
  changed.forEach(id => touched.add(id));
  if (message.snapshot || message.bridges) {
    const short = shortNames(store.bridges.map(bridge => bridge.name));
    bridges = new Map(store.bridges.map(({name, connected}) => [name, {short: short.get(name), connected}]));
    all = true;
  }
  hasContent = true;
  invalidate();
}, state => {
  if (state === 'lost' && feedState === 'live') {
    lostAt = Date.now();
  }
  feedState = state;
  // Not with the next frame: there is none while the page is in the background.
  showState();
});

// ---- To the screen

function invalidate(everything = false) {
  all ||= everything;
  frame ||= requestAnimationFrame(render);
}

function render() {
  cancelAnimationFrame(frame);
  frame = 0;
  selected = select(store, settings, selected);
  const layout = currentLayout();
  all ||= layout.rows !== rows;
  ({rows, pages} = layout);
  const look = {rows, wanted: words(settings.search), now: store.now(), bridges};
  grid.render(selected, layout, look, all ? null : touched);
  if (details.id !== null && (all || touched.has(details.id))) {
    details.show(store.get(details.id), look);
  }
  showCounts();
  showEmpty();
  showPage();
  showBridges();
  showState();
  touched = new Set();
  all = false;
}

function currentLayout() {
  const rem = Number.parseFloat(getComputedStyle(root).fontSize);
  const main = $('meetings');
  if (settings.wall) {
    return paged(selected.length, settings.cards, page, $('grid').clientWidth, main.clientHeight - 2, rem);
  }
  const box = $('grid').getBoundingClientRect();
  return scrolled(selected.length, box.width, box.top, innerHeight, rem);
}

function showCounts() {
  const counts = count(store);
  setText($('title'), store.title || 'Meetings');
  // On a wall without the filters and their numbers.
  const special = settings.wall ? ['recording', 'waiting'] : [];
  setText($('counts'), hasContent ? [
    plural(counts.meetings, 'meeting', 'meetings'),
    plural(counts.people, 'person', 'people'),
    ...special.filter(name => counts[name] > 0).map(name => `${counts[name]} ${name}`),
  ].join(' · ') : '');
  for (const button of $('filters').children) {
    setText(button.lastChild, counts[button.dataset.filter].toLocaleString('en'));
  }
}

function showEmpty() {
  const filtered = settings.search !== '' || settings.only.size > 0;
  setHidden($('empty'), selected.length > 0 || !hasContent);
  setHidden($('clear'), !filtered || settings.wall);
  setText($('empty-text'), filtered ? 'No meeting is like that now.' : 'No meeting is going on now.');
}

function showBridges() {
  if (!all) {
    return;
  }
  const lost = [...bridges.values()].filter(bridge => !bridge.connected).length;
  const items = [...bridges].map(([name, {short, connected}]) =>
    el('li', {class: connected ? 'bridge' : 'bridge lost', title: name}, connected ? short : `${short}: not connected`));
  const summary = el('li', {class: 'bridge-count'},
    `${plural(bridges.size, 'Call Bridge', 'Call Bridges')}${lost ? `, ${lost} not connected` : ' connected'}`);
  $('bridges').replaceChildren(summary, ...items);
}

function showState() {
  const lost = [...bridges.values()].filter(bridge => !bridge.connected).map(bridge => bridge.short);
  const none = bridges.size > 0 && lost.length === bridges.size;
  const isLive = feedState === 'live';
  const state = !isLive ? (hasContent ? 'lost' : feedState) : none ? 'lost' : lost.length > 0 ? 'partly' : 'live';
  setAttribute($('live'), 'data-state', state);
  setText($('live-text'), {live: 'Live', partly: 'Partly live', lost: 'Not live', connecting: 'Connecting'}[state]);
  setClass(document.body, 'stale', state === 'lost');
  document.title = (state === 'lost' ? '(not live) ' : '') + (store.title || 'Meetings');
  notice(!isLive && hasContent ? `Not live: the connection to the server was lost at ${clock(lostAt)}. Reconnecting; what you see is from then.`
    : !isLive && feedState === 'lost' ? 'The server can\'t be reached. Trying again.'
      : none ? 'Not live: no Call Bridge is connected. What you see may be out of date.'
        : lost.length > 0 ? `${plural(lost.length, 'Call Bridge is', 'Call Bridges are')} not connected: ${lost.join(', ')}. Meetings there may be missing or out of date.`
          : store.full ? 'There are more meetings or people than this page can hold: some are missing.'
            : '');
}

function notice(text) {
  const box = $('notice');
  if (box.textContent !== text) {
    box.replaceChildren(...(text ? [icon('warning'), el('span', {}, text)] : []));
  }
}

function openDetails(id) {
  details.open(id, store.get(id), {now: store.now(), bridges});
}

// ---- What the user chooses

function choose(change) {
  Object.assign(settings, change);
  page = 0;
  writeSettings(settings);
  showSettings();
  render();
  announce();
}

function showSettings() {
  setClass(root, 'wall', settings.wall);
  setText($('wall-text'), settings.wall ? 'Leave wall' : 'Wall');
  if ($('search').value !== settings.search) {
    $('search').value = settings.search;
  }
  $('sort').value = settings.sort;
  for (const button of $('filters').children) {
    setAttribute(button, 'aria-pressed', settings.only.has(button.dataset.filter));
  }
  nextPage = Date.now() + settings.seconds * 1000;
  all = true;
}

let announcement;

/** After a pause, so that a screen reader doesn't speak with every letter. */
function announce() {
  clearTimeout(announcement);
  announcement = setTimeout(() => setText($('results'), plural(selected.length, 'meeting', 'meetings') + ' shown'), 700);
}

for (const [name, text] of Object.entries(FILTERS)) {
  const button = el('button', {type: 'button', class: 'filter', 'data-filter': name}, `${text} `, el('span', {class: 'n'}, '0'));
  button.addEventListener('click', () => {
    const only = new Set(settings.only);
    if (!only.delete(name)) only.add(name);
    choose({only});
  });
  $('filters').append(button);
}
$('search').addEventListener('input', () => choose({search: $('search').value}));
$('sort').addEventListener('change', () => choose({sort: $('sort').value}));
$('tools').addEventListener('submit', event => event.preventDefault());
$('clear').addEventListener('click', () => {
  choose({search: '', only: new Set()});
  $('search').focus();
});
$('wall-button').addEventListener('click', () => setWall(!settings.wall));

function setWall(wall) {
  scrollTo(0, 0);
  choose({wall});
}

addEventListener('keydown', event => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.ctrlKey || event.altKey || event.metaKey || details.id !== null) {
    return;
  }
  if (event.key === 'Escape' && settings.wall) {
    setWall(false);
  } else if (typing) {
    return;
  } else if (event.key === '/') {
    event.preventDefault();
    setWall(false);
    $('search').focus();
  } else if (event.key === 'w') {
    setWall(!settings.wall);
  } else if (settings.wall && event.key === 'PageDown') {
    turn(1);
  } else if (settings.wall && event.key === 'PageUp') {
    turn(-1);
  }
});

// ---- Pages of the wall

function turn(by) {
  page = (page + by + pages) % pages;
  nextPage = Date.now() + settings.seconds * 1000;
  invalidate();
}

function showPage() {
  page = Math.min(page, pages - 1);
  setHidden($('pager'), !settings.wall || pages < 2);
  setText($('page'), `Page ${page + 1} of ${pages}`);
}

$('pause').addEventListener('click', () => {
  paused = !paused;
  setAttribute($('pause'), 'aria-pressed', paused);
  setText($('pause'), paused ? 'Continue' : 'Pause');
});

// ---- Time passes

let lastTimes = 0;

function tick() {
  const now = store.now();
  setText($('clock'), clock(now));
  if (now - lastTimes >= 10_000) {
    lastTimes = now;
    invalidate(true);
  }
  if (settings.wall && !paused && Date.now() >= nextPage && details.id === null) {
    turn(pages > 1 ? 1 : 0);
  }
}

setInterval(tick, 1000);

grid.onScroll = render;
addEventListener('scroll', () => settings.wall || invalidate(), {passive: true});
new ResizeObserver(() => invalidate()).observe($('meetings'));
addEventListener('resize', () => invalidate());

if (settings.theme === 'dark' || settings.theme === 'light') {
  root.dataset.theme = settings.theme;
}
showSettings();
tick();
