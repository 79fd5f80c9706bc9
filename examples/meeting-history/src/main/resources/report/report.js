// Shows what /overview.json and /meeting.json say. Text from the server only ever becomes the text of a node, never markup.

const SVG = "http://www.w3.org/2000/svg";
const byId = id => document.getElementById(id);
let zone = "UTC";

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  return fill(made, attributes, children);
}

function shape(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  return fill(made, attributes, children);
}

function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

function time(millis) {
  return millis === null ? "" : new Date(millis).toLocaleString("en-GB", { timeZone: zone, dateStyle: "medium", timeStyle: "short" });
}

function clock(millis) {
  return new Date(millis).toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
}

function duration(seconds) {
  const minutes = Math.round(seconds / 60);
  return seconds < 60 ? `${Math.round(seconds)} s` : minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function hours(seconds) {
  const value = seconds / 3600;
  return value >= 10 ? Math.round(value).toLocaleString("en") : value.toFixed(1);
}

// A round number of at least the largest value, for the axis, that has a round half.
function ceiling(largest) {
  const power = 10 ** Math.floor(Math.log10(Math.max(largest, 1)));
  return [2, 4, 6, 10].map(factor => factor * power).find(value => value >= largest);
}

function dayChart(id, days, valueOf, unit) {
  const width = 440, height = 270, left = 40, bottom = 26, top = 8;
  const values = days.map(valueOf);
  const max = ceiling(Math.max(...values, 1));
  const step = (width - left) / days.length;
  const y = value => top + (height - top - bottom) * (1 - value / max);
  const busiest = values.indexOf(Math.max(...values));
  const summary = `${unit} per day from ${days[0].day} to ${days.at(-1).day}; most on ${days[busiest].day}: ${values[busiest].toLocaleString("en")}`;
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": summary });
  for (const value of [0, max / 2, max]) {
    svg.append(
      shape("line", { class: "grid", x1: left, x2: width, y1: y(value), y2: y(value) }),
      shape("text", { x: left - 6, y: y(value) + 4, "text-anchor": "end" }, value.toLocaleString("en")));
  }
  const every = Math.ceil(days.length / 8);
  days.forEach((day, i) => {
    const x = left + i * step;
    svg.append(shape("rect", {
      class: "bar", x: x + step * 0.12, y: y(values[i]), width: step * 0.76, height: Math.max(0, y(0) - y(values[i])), rx: Math.min(3, step * 0.2),
    }, shape("title", {}, `${day.day}: ${values[i].toLocaleString("en")} ${unit.toLowerCase()}`)));
    if (i % every === 0) {
      svg.append(shape("text", { x: x + step / 2, y: height - 8, "text-anchor": "middle" }, new Date(day.day).toLocaleDateString("en-GB", { timeZone: "UTC", day: "numeric", month: "short" })));
    }
  });
  byId(id).replaceChildren(svg);
}

function roomChart(rooms) {
  if (rooms.length === 0) {
    byId("rooms").replaceChildren(element("p", {}, "No meetings in this time"));
    return;
  }
  const width = 440, row = 36;
  const max = Math.max(...rooms.map(room => room.seconds), 1);
  const svg = shape("svg", {
    viewBox: `0 0 ${width} ${rooms.length * row}`, role: "img",
    "aria-label": "Time in use by room: " + rooms.map(room => `${room.room ?? "without a name"} ${duration(room.seconds)}`).join(", "),
  });
  rooms.forEach((room, i) => {
    const y = i * row;
    svg.append(
      shape("text", { class: "label", x: 0, y: y + 12 }, shorten(room.room ?? "without a name", 50)),
      shape("text", { x: width, y: y + 12, "text-anchor": "end" },
        `${duration(room.seconds)} in ${room.meetings} ${room.meetings === 1 ? "meeting" : "meetings"}`),
      shape("rect", { class: "bar", x: 0, y: y + 17, width: Math.max(2, width * room.seconds / max), height: 9, rx: 3 }));
  });
  byId("rooms").replaceChildren(svg);
}

function shorten(text, length) {
  const letters = [...text];
  return letters.length > length ? letters.slice(0, length - 1).join("") + "\u2026" : text;
}

function figure(name, value) {
  return element("div", {}, element("dt", {}, name), element("dd", {}, value));
}

function about(millis, estimated) {
  return millis === null ? "" : (estimated ? "about " : "") + time(millis);
}

function latestRow(meeting) {
  const open = element("button", { type: "button" }, meeting.name ?? "without a name");
  open.addEventListener("click", () => showMeeting(meeting.meeting_id));
  const ended = meeting.ended === null
    ? element("span", { class: "running" }, "running") : about(meeting.ended, meeting.ended_estimated);
  return element("tr", {},
    element("td", {}, open),
    element("td", {}, about(meeting.started, meeting.started_estimated)),
    element("td", {}, ended),
    element("td", { class: "number" }, duration(meeting.seconds)),
    element("td", { class: "number" }, meeting.people),
    element("td", { class: "number" }, meeting.peak),
    element("td", {}, [meeting.recorded ? "recorded" : "", meeting.streamed ? "streamed" : ""].filter(Boolean).join(", ")));
}

function timeline(meeting) {
  const width = 1100, left = 190, row = 24, top = 26;
  const began = Math.min(meeting.started, ...meeting.people.flatMap(person => person.times.map(each => each.joined)));
  const until = Math.max(meeting.ended ?? meeting.now, began + 1000);
  const x = millis => left + (width - left) * (Math.min(Math.max(millis, began), until) - began) / (until - began);
  const lines = [
    ...meeting.recordings.map(each => ({
      label: { recording: "Recording", endpointRecording: "Recording by endpoint", streaming: "Stream" }[each.kind],
      kind: "recording", times: [{ joined: each.started, left: each.ended, left_estimated: each.ended_estimated }],
    })),
    ...meeting.people.map(person => ({ label: person.name ?? "without a name", kind: "present", times: person.times })),
  ];
  const height = top + lines.length * row + 6;
  const svg = shape("svg", {
    viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": `Timeline from ${time(began)} to ${time(until)} of ${meeting.people.length} people; the table below says the same`,
  });
  for (let i = 0; i <= 5; i++) {
    const at = began + (until - began) * i / 5;
    svg.append(
      shape("line", { class: "grid", x1: x(at), x2: x(at), y1: top - 6, y2: height }),
      shape("text", { x: x(at), y: 12, "text-anchor": i === 5 ? "end" : i === 0 ? "start" : "middle" }, clock(at)));
  }
  lines.forEach((line, i) => {
    const y = top + i * row;
    svg.append(shape("text", { class: "label", x: left - 10, y: y + 14, "text-anchor": "end" }, shorten(line.label, 26)));
    for (const each of line.times) {
      const kind = each.left === null && line.kind === "present" ? "open" : line.kind;
      const ends = each.left ?? meeting.now;
      svg.append(shape("rect", { class: kind, x: x(each.joined), y: y + 3, width: Math.max(2, x(ends) - x(each.joined)), height: 15, rx: 2 },
        shape("title", {}, `${line.label}: ${time(each.joined)} to ${each.left === null ? "now" : time(each.left)}`)));
      for (const [at, estimated] of [[each.joined, each.joined_estimated], [ends, each.left_estimated]]) {
        if (estimated) {
          svg.append(shape("line", { class: "estimate", x1: x(at), x2: x(at), y1: y, y2: y + 21 }));
        }
      }
    }
  });
  byId("timeline").replaceChildren(svg);
}

async function read(address) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(await answer.text());
  }
  return answer.json();
}

function problem(text) {
  byId("status").textContent = text;
  byId("status").classList.toggle("problem", text !== "");
}

async function showMeeting(id, focus = true) {
  try {
    const meeting = await read(`meeting.json?meeting=${id}`);
    byId("meeting").hidden = false;
    byId("meeting-title").textContent = meeting.name ?? "Meeting without a name";
    byId("meeting-facts").textContent = `${about(meeting.started, meeting.started_estimated)} to ${meeting.ended === null
      ? "now" : about(meeting.ended, meeting.ended_estimated)}, at most ${meeting.peak} at once, on ${(meeting.servers ?? []).join(", ")}`;
    timeline(meeting);
    byId("people").replaceChildren(...meeting.people.map(person => {
      const last = person.times.reduce((a, b) => a.left === null || (b.left !== null && a.left > b.left) ? a : b);
      return element("tr", {},
        element("td", {}, person.name ?? "without a name"),
        element("td", {}, person.uri ?? ""),
        element("td", {}, about(person.times[0].joined, person.times[0].joined_estimated)),
        element("td", {}, last.left === null ? "present" : about(last.left, last.left_estimated)),
        element("td", { class: "number" }, person.joins),
        element("td", { class: "number" }, duration(person.seconds)));
    }));
    if (focus) {
      byId("meeting-title").focus();
      byId("meeting").scrollIntoView({ block: "start" });
    }
  } catch (e) {
    problem(e.message);
  }
}

async function show(query) {
  byId("status").textContent = "Loading";
  try {
    const overview = await read(`overview.json?${query}`);
    zone = overview.zone;
    byId("since").value = overview.since;
    byId("until").value = overview.until;
    for (const link of document.querySelectorAll(".csv")) {
      link.href = `${link.dataset.file}?since=${overview.since}&until=${overview.until}`;
    }
    byId("figures").replaceChildren(
      figure("Meetings", overview.meetings.toLocaleString("en")), figure("Running now", overview.running),
      figure("People", overview.people.toLocaleString("en")), figure("Participant hours", hours(overview.seconds_present)),
      figure("Most at once in a meeting", overview.peak), figure("Recorded meetings", overview.recorded));
    dayChart("days", overview.days, day => day.meetings, "Meetings");
    dayChart("presence", overview.days, day => Math.round(day.seconds_present / 360) / 10, "Participant hours");
    roomChart(overview.rooms);
    byId("latest").replaceChildren(...overview.latest.map(latestRow));
    byId("note").textContent = `Times and days in ${zone}. "About" marks what was not observed, such as during an outage.`;
    problem("");
    return overview;
  } catch (e) {
    problem(e.message);
    return null;
  }
}

byId("range").addEventListener("submit", submitted => {
  submitted.preventDefault();
  const query = new URLSearchParams(new FormData(byId("range")));
  history.replaceState(null, "", `?${query}`);
  byId("meeting").hidden = true;
  show(query);
});

const asked = new URLSearchParams(location.search);
const first = await show(new URLSearchParams({ since: asked.get("since") ?? "", until: asked.get("until") ?? "" }));
const meeting = asked.get("meeting") ?? first?.latest.find(each => each.people > 1)?.meeting_id;
if (meeting) {
  showMeeting(meeting, false);
}
