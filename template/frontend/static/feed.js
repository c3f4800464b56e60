// Follows a feed over a WebSocket. What is missed while there is none, comes with the next one.

const FIRST_WAIT = 1_000; // milliseconds
const LONGEST_WAIT = 30_000;
const IDENTITY_ENDED = 4401; // the session or token holds no more: coming again is of no use

/**
 * @param {object} options
 * @param {string} options.path Where the feed is, such as /ws/notifications/.
 * @param {number} options.after The number of the last item that the page has.
 * @param {string} [options.port] The port of the sockets, if it isn't the page's.
 * @param {(items: object[]) => void} options.onItems Takes what is new, oldest first.
 * @param {(state: "live" | "waiting" | "ended") => void} [options.onState] Is told how it goes.
 */
export function follow({ path, after, port, onItems, onState = () => {} }) {
  const url = new URL(path, location.href);
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  if (port) url.port = port;
  let failures = 0;

  function connect() {
    url.searchParams.set("after", after);
    const socket = new WebSocket(url, ["feed"]);
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      failures = 0;
      onState("live");
      after = message.after;
      if (message.items.length) onItems(message.items);
    };
    socket.onclose = ({ code }) => {
      if (code === IDENTITY_ENDED) return onState("ended");
      onState("waiting");
      const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures++);
      // Anywhere in that time: when a server restarts, not everybody comes back in one moment.
      setTimeout(connect, Math.random() * longest);
    };
  }
  connect();
}
