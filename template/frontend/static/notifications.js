// Adds notifications to the open page as they come.

import { follow } from "./feed.js";

const list = document.querySelector(".notifications");
const state = document.querySelector("[data-state]");
const upTo = document.querySelector("input[name=up_to]");
const STATES = { live: "", waiting: "Not connected; trying again…", ended: "Please log in again." };

function add({ number, text, created_at }) {
  const item = document.createElement("li");
  item.className = "unread";
  const time = document.createElement("time");
  time.dateTime = created_at;
  time.textContent = new Date(created_at).toLocaleString(document.documentElement.lang);
  const words = document.createElement("span");
  words.textContent = text; // never as HTML
  item.append(time, " ", words);
  list.prepend(item);
  upTo.value = number;
}

follow({
  path: "/ws/notifications/",
  after: Number(list.dataset.after),
  port: list.dataset.port,
  onItems: (items) => items.forEach(add),
  onState: (name) => {
    state.dataset.state = name;
    state.textContent = STATES[name];
  },
});
