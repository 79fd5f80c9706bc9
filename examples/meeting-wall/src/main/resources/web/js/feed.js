// The connection to the server, which sends a snapshot and then every change once and in order. Where one is missing, the
// connection is replaced, and there is a snapshot again.

const SILENCE_MILLIS = 15_000;
const FIRST_DELAY_MILLIS = 500;
const LONGEST_DELAY_MILLIS = 10_000;

/**
 * @param url of the WebSocket
 * @param onMessage receives a snapshot, then the changes after it
 * @param onState receives 'connecting' or 'lost' until the next snapshot, and 'live' after it
 */
export function openFeed(url, onMessage, onState) {
  let socket;
  let sequence;
  /** Changes that overtook the snapshot; null after it. */
  let early;
  let watchdog;
  let retry;
  let attempts = 0;

  function connect() {
    clearTimeout(retry);
    early = [];
    const mine = new WebSocket(url);
    socket = mine;
    // A socket that was given up must not speak for its successor.
    mine.onmessage = event => mine === socket && receive(JSON.parse(event.data));
    mine.onclose = () => mine === socket && lose();
    watch();
  }

  function receive(message) {
    if (message.snapshot) {
      watch();
      sequence = message.sequence;
      attempts = 0;
      onMessage(message);
      onState('live');
      const overtook = early;
      early = null;
      overtook.forEach(apply);
    } else if (early) {
      // Not watched: without the snapshot the page knows nothing.
      early.push(message);
    } else {
      watch();
      apply(message);
    }
  }

  function apply(message) {
    if (message.sequence === sequence + 1) {
      sequence = message.sequence;
      onMessage(message);
    } else if (message.sequence > sequence) {
      lose();
    }
  }

  /** A network that drops everything does not close the socket. */
  function watch() {
    clearTimeout(watchdog);
    watchdog = setTimeout(lose, SILENCE_MILLIS);
  }

  function lose() {
    clearTimeout(watchdog);
    const lost = socket;
    socket = null;
    lost?.close();
    onState('lost');
    const delay = Math.min(FIRST_DELAY_MILLIS * 2 ** attempts++, LONGEST_DELAY_MILLIS);
    // Not all browsers at once.
    retry = setTimeout(connect, delay * (0.7 + 0.6 * Math.random()));
  }

  function retryNow() {
    if (!socket) {
      attempts = 0;
      connect();
    }
  }

  addEventListener('online', retryNow);
  document.addEventListener('visibilitychange', () => document.hidden || retryNow());
  onState('connecting');
  connect();
}
