'use strict';
// The page's script: it reads the data at the end of the page and shows one view at a time, by the
// address behind #. Texts from captures are set as text, never as HTML.

const data = JSON.parse(document.getElementById('data').textContent);
const items = data.items;
const proxies = new Map(data.proxies.map(proxy => [proxy.name, proxy]));
const kinds = { listeners: 'Listeners', routes: 'Routes', clusters: 'Clusters', endpoints: 'Endpoints',
  ecds: 'Extensions' };
const report = document.getElementById('report');
const view = document.getElementById('view');
const search = document.getElementById('search');

// MARK: Elements

/** An element with attributes and children; strings become text. */
function el(name, attributes, ...children) {
  const element = document.createElement(name);
  set(element, attributes);
  element.append(...children.flat().filter(child => child != null));
  return element;
}

function set(element, attributes) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value != null && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
}

function svg(name, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  set(element, attributes);
  element.append(...children);
  return element;
}

function address(...parts) { return '#/' + parts.map(encodeURIComponent).join('/'); }

function link(text, ...parts) { return el('a', { href: address(...parts) }, text); }

function show(...children) {
  report.hidden = true;
  view.hidden = false;
  view.replaceChildren(...children.flat().filter(child => child != null));
  scrollTo(0, 0);
}

function count(number, noun) { return `${number} ${noun}${number === 1 ? '' : 's'}`; }

// MARK: What a proxy holds

/** The numbers of a proxy's items: the data has them as runs. */
function held(proxy) {
  if (proxy.numbers) return proxy.numbers;
  proxy.numbers = [];
  const runs = proxy.holds || [];
  for (let index = 0; index < runs.length; index += 2) {
    for (let place = 0; place < runs[index + 1]; place++) proxy.numbers.push(runs[index] + place);
  }
  return proxy.numbers;
}

function ofKind(proxy, kind) { return held(proxy).filter(number => items[number].k === kind); }

function find(proxy, kind, name) {
  return held(proxy).find(number => items[number].k === kind && items[number].n === name);
}

/** What an item leads to, `[kind, name]` each. */
function targets(item) {
  const found = [];
  for (const name of item.r || []) found.push(['routes', name]);
  for (const name of item.c || []) found.push(['clusters', name]);
  for (const [, , routes] of item.v || []) {
    for (const [, clusters] of routes) for (const name of clusters) found.push(['clusters', name]);
  }
  if (item.k === 'clusters') found.push(['endpoints', item.a || item.n]);
  return found;
}

/** Who leads to what in a proxy: the names of an item's users by `kind name`. */
function users(proxy) {
  if (proxy.users) return proxy.users;
  proxy.users = new Map();
  for (const number of held(proxy)) {
    for (const [kind, name] of targets(items[number])) {
      const key = `${kind} ${name}`;
      if (!proxy.users.has(key)) proxy.users.set(key, new Set());
      proxy.users.get(key).add(number);
    }
  }
  return proxy.users;
}

let allHolders = null;
/** The names of the proxies that hold an item. */
function holders(number) {
  if (!allHolders) {
    allHolders = items.map(() => []);
    for (const proxy of data.proxies) for (const own of held(proxy)) allHolders[own].push(proxy.name);
  }
  return allHolders[number];
}

// MARK: The report

function sortable(table) {
  table.querySelectorAll('th').forEach((head, column) => {
    set(head, { 'aria-sort': 'none', tabindex: '0' });
    const sort = () => {
      const order = head.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
      table.querySelectorAll('th').forEach(other => other.setAttribute('aria-sort', 'none'));
      head.setAttribute('aria-sort', order);
      const text = row => row.cells[column].textContent;
      const rows = [...table.tBodies[0].rows].sort((a, b) =>
        text(a).localeCompare(text(b), undefined, { numeric: true }) * (order === 'ascending' ? 1 : -1));
      table.tBodies[0].append(...rows);
    };
    head.addEventListener('click', sort);
    head.addEventListener('keydown', event => { if (event.key === 'Enter') sort(); });
  });
}

function filtered(table) {
  const rows = () => [...table.tBodies[0].rows];
  const shown = el('span', { class: 'soft' });
  const apply = () => {
    let number = 0;
    for (const row of rows()) {
      const isShown = row.textContent.toLowerCase().includes(input.value.toLowerCase())
        && (problems.getAttribute('aria-pressed') === 'false' || row.className === 'problem'
          || row.className === 'notChecked');
      row.hidden = !isShown;
      if (isShown) number++;
    }
    shown.textContent = `${number} of ${rows().length}`;
  };
  const input = el('input', { type: 'search', placeholder: 'Filter', 'aria-label': 'Filter proxies',
    id: 'filter', oninput: apply });
  const problems = el('button', { type: 'button', 'aria-pressed': 'false', onclick: () => {
    problems.setAttribute('aria-pressed', problems.getAttribute('aria-pressed') === 'false');
    apply();
  } }, 'Problems only');
  table.parentElement.before(el('div', { class: 'tools' }, input, problems, shown));
  apply();
}

function start() {
  let table = document.getElementById('proxies');
  if (!table) {
    // One dump or a pair: there is no report, and so no table.
    report.append(el('ul', {}, data.proxies.map(proxy => el('li', {}, link(proxy.name, 'proxy', proxy.name)))));
    return;
  }
  sortable(table);
  filtered(table);
  if (data.cut > 0) {
    report.append(el('p', { class: 'soft' },
      `The page would be too large with everything: the texts of ${count(data.cut, 'resource')} were left `
      + 'out. Their names and links are here; drydock prints the rest.'));
  }
}

// MARK: One proxy

function showProxy(name, tab, chosen) {
  const proxy = proxies.get(name);
  if (!proxy) return show(el('h1', {}, `There is no proxy ${name}`));
  const tabs = [['overview', 'Overview']];
  if (proxy.changes.length) tabs.push(['differences', `Differences (${proxy.changes.length})`]);
  for (const kind of Object.keys(kinds)) {
    const number = ofKind(proxy, kind).length;
    if (number) tabs.push([kind, `${kinds[kind]} (${number})`]);
  }
  tab = tab || 'overview';
  const bar = el('div', { class: 'tabs' }, tabs.map(([key, text]) => {
    const button = link(text, 'proxy', name, key);
    button.setAttribute('role', 'button');
    return el('button', { type: 'button', 'aria-pressed': String(key === tab),
      onclick: () => { location.hash = address('proxy', name, key); } }, text);
  }));
  const body = tab === 'overview' ? overview(proxy) : tab === 'differences' ? differences(proxy)
    : browser(proxy, tab, chosen);
  show(el('h1', {}, name), bar, body);
}

function overview(proxy) {
  const parts = [];
  if (proxy.facts.length) {
    parts.push(el('dl', {}, proxy.facts.map(([key, value]) => [el('dt', {}, key), el('dd', {}, value)])));
  }
  if (proxy.sync.length) {
    parts.push(el('h2', {}, 'Sync'), el('p', {}, proxy.sync.map(([type, state]) =>
      el('span', { class: /STALE|ERROR|NOT/.test(state) ? 'bad' : /SYNCED/.test(state) ? 'good' : 'soft' },
        `${type} ${state}  `))));
  }
  if (proxy.notes.length) {
    parts.push(el('h2', {}, 'Notes'), el('ol', { class: 'causes' }, proxy.notes.map(([kind, text, object]) =>
      el('li', {}, el('b', {}, kind), ' ', text,
        object ? el('dl', {}, el('dt', {}, 'Change'), el('dd', {}, object)) : null))));
  }
  if (proxy.groups.length) {
    parts.push(el('h2', {}, 'What differs'), el('div', { class: 'panel' },
      proxy.groups.map(line => el('div', {}, el('code', {}, line)))));
  }
  if (!proxy.holds) parts.push(el('p', { class: 'soft' }, 'There is no readable dump of this proxy.'));
  return el('div', {}, parts);
}

// MARK: Differences

let sideBySide = true;

function differences(proxy) {
  const list = el('div', {});
  const draw = () => list.replaceChildren(...proxy.changes.map((change, index) => difference(change, index < 3)));
  const sides = el('button', { type: 'button', 'aria-pressed': String(sideBySide), onclick: () => {
    sideBySide = !sideBySide;
    sides.setAttribute('aria-pressed', String(sideBySide));
    draw();
  } }, 'Side by side');
  const all = open => () => list.querySelectorAll('details').forEach(entry => { entry.open = open; });
  draw();
  return el('div', {},
    proxy.against ? el('p', { class: 'soft' }, `Compared with ${proxy.against}.`) : null,
    el('div', { class: 'panel' }, proxy.groups.map(line => el('div', {}, el('code', {}, line)))),
    el('div', { class: 'tools' }, sides, el('button', { type: 'button', onclick: all(true) }, 'Open all'),
      el('button', { type: 'button', onclick: all(false) }, 'Close all')),
    list);
}

/** The lines of an item's text, with four spaces for each one in the data. */
function lines(number) {
  const text = number < 0 ? null : items[number].t;
  return text == null ? null
    : text.split('\n').map(line => line.replace(/^ */, space => space.repeat(4)));
}

function difference([from, to, edits], isOpen) {
  const item = items[to >= 0 ? to : from];
  const what = from < 0 ? ' is new' : to < 0 ? ' is missing' : '';
  const entry = el('details', { class: 'diff', open: isOpen },
    el('summary', {}, el('b', {}, kinds[item.k] || item.k), ` ${item.n}${what}`));
  const fill = () => {
    if (!entry.open || entry.children.length > 1) return;
    entry.append(from < 0 || to < 0 ? whole(item) : diffTable(lines(from), lines(to), edits));
  };
  entry.addEventListener('toggle', fill);
  fill();
  return entry;
}

function whole(item) {
  const number = items.indexOf(item);
  return lines(number) ? el('pre', {}, lines(number).join('\n')) : missingText();
}

function missingText() {
  return el('p', { class: 'soft panel' }, 'The text was left out: the page would be too large.');
}

/** Changed lines with some around them, side by side or one below the other. */
function diffTable(old, fresh, edits) {
  if (!old || !fresh) return missingText();
  const rows = [];
  let [left, right] = [0, 0];
  for (let index = 0; index < edits.length; index += 2) {
    const [mark, length] = [edits[index], edits[index + 1]];
    if (mark === 0) {
      const first = index === 0 ? Math.max(0, length - 3) : Math.min(3, length);
      const last = index + 2 >= edits.length ? length : Math.max(first, length - 3);
      for (let place = 0; place < length; place++) {
        const isContext = index === 0 ? place >= first : place < first
          || (index + 2 < edits.length && place >= last);
        if (isContext) rows.push(['', old[left + place], fresh[right + place]]);
        else if (rows.length === 0 || rows[rows.length - 1][0] !== 'gap') rows.push(['gap', '⋯', '⋯']);
      }
      left += length;
      right += length;
    } else {
      const next = edits[index + 2] !== undefined && edits[index + 2] !== 0 && edits[index + 2] !== mark
        ? edits[index + 3] : 0;
      const removed = mark === 1 ? length : next;
      const added = mark === 2 ? length : next;
      for (let place = 0; place < Math.max(removed, added); place++) {
        rows.push(['changed', place < removed ? old[left + place] : null,
          place < added ? fresh[right + place] : null]);
      }
      left += removed;
      right += added;
      if (next) index += 2;
    }
  }
  return el('table', {}, el('tbody', {}, rows.flatMap(row => diffRows(row))));
}

function diffRows([kind, old, fresh]) {
  if (kind !== 'changed') {
    return [el('tr', { class: kind }, sideBySide ? [el('td', {}, old), el('td', {}, fresh)]
      : el('td', {}, kind === 'gap' ? old : `  ${fresh}`))];
  }
  const [before, after] = words(old, fresh);
  if (sideBySide) {
    return [el('tr', {}, el('td', { class: old == null ? '' : 'old' }, before),
      el('td', { class: fresh == null ? '' : 'new' }, after))];
  }
  return [old == null ? null : el('tr', {}, el('td', { class: 'old' }, '- ', before)),
    fresh == null ? null : el('tr', {}, el('td', { class: 'new' }, '+ ', after))].filter(row => row);
}

/** Two lines with what differs between them marked. */
function words(old, fresh) {
  if (old == null || fresh == null) return [[old || ''], [fresh || '']];
  let first = 0;
  while (first < old.length && first < fresh.length && old[first] === fresh[first]) first++;
  let last = 0;
  while (last < old.length - first && last < fresh.length - first
    && old[old.length - 1 - last] === fresh[fresh.length - 1 - last]) last++;
  const parts = text => [text.slice(0, first), el('mark', {}, text.slice(first, text.length - last)),
    text.slice(text.length - last)];
  return [parts(old), parts(fresh)];
}

// MARK: The browser of resources

function browser(proxy, kind, chosen) {
  const numbers = ofKind(proxy, kind);
  const number = chosen == null ? numbers[0] : Number(chosen);
  const list = el('div', { class: 'list', id: 'resources' });
  const fill = text => list.replaceChildren(...numbers
    .filter(one => items[one].n.toLowerCase().includes(text.toLowerCase())).slice(0, 2000)
    .map(one => {
      const entry = link(items[one].n || '(no name)', 'proxy', proxy.name, kind, one);
      if (one === number) entry.setAttribute('aria-current', 'true');
      return entry;
    }));
  fill('');
  const input = el('input', { type: 'search', placeholder: 'Filter names', 'aria-label': 'Filter names',
    oninput: () => fill(input.value) });
  setTimeout(() => list.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }));
  return el('div', {}, el('div', { class: 'tools' }, input),
    el('div', { class: 'split' }, list, number === undefined ? null : detail(proxy, number)));
}

function resourceLink(proxy, kind, name) {
  const number = find(proxy, kind, name);
  return number === undefined ? el('span', { class: isMissing(proxy, kind, name) ? 'bad' : 'soft' },
    `${name} (not there)`) : link(name, 'proxy', proxy.name, kind, number);
}

/** Whether something that is not there ought to be. Istio writes routes for ports that a service does not
 * have, and DNS clusters have their endpoints in themselves. */
function isMissing(proxy, kind, name) {
  if (kind !== 'clusters') return kind !== 'endpoints';
  const [, port, , host] = name.split('|');
  const others = ofKind(proxy, 'clusters').map(number => items[number].n.split('|'))
    .filter(parts => parts[0] === 'outbound' && parts[3] === host);
  return !host || !others.length || others.some(parts => parts[1] === port);
}

function section(title, entries) {
  return entries.length ? [el('h3', {}, title), el('div', {}, entries.map(entry => el('div', {}, entry)))] : [];
}

function detail(proxy, number) {
  const item = items[number];
  if (!item) return el('p', {}, 'There is no such resource.');
  const parts = [el('h2', {}, item.n || '(no name)')];
  const facts = [['Type', item.y], ['Address', item.k === 'listeners' ? item.a : null], ['Object', item.o]]
    .filter(([, value]) => value);
  if (facts.length) {
    parts.push(el('dl', {}, facts.map(([key, value]) => [el('dt', {}, key), el('dd', {}, value)])));
  }
  parts.push(...section('Routes', (item.r || []).map(name => resourceLink(proxy, 'routes', name))));
  parts.push(...section('Clusters', (item.c || []).map(name => resourceLink(proxy, 'clusters', name))));
  for (const [name, domains, routes] of item.v || []) {
    parts.push(el('details', { open: item.v.length < 6 },
      el('summary', {}, el('b', {}, name), el('span', { class: 'soft' }, ` ${domains.slice(0, 4).join(', ')}`)),
      routes.map(([match, clusters, object]) => el('div', {}, `${match} → `,
        clusters.length ? clusters.flatMap((cluster, index) => [index ? ', ' : '',
          resourceLink(proxy, 'clusters', cluster)]) : 'no cluster',
        object ? el('span', { class: 'soft' }, ` (${object})`) : null))));
  }
  if (item.k === 'clusters' && !item.e) {
    parts.push(...section('Endpoints', [resourceLink(proxy, 'endpoints', item.a || item.n)]));
  }
  if (item.e) {
    // The canonical form leaves HEALTHY out, as what Envoy adds by itself: it is UNKNOWN here.
    parts.push(...section('Endpoints', item.e.map(([where, health]) => health === 'UNKNOWN' ? where
      : el('span', { class: health === 'DEGRADED' ? '' : 'bad' }, `${where}  ${health}`))));
  }
  const back = [...users(proxy).get(`${item.k} ${item.n}`) || []];
  parts.push(...section('Used by', back.slice(0, 50).map(user =>
    link(`${kinds[items[user].k]}: ${items[user].n}`, 'proxy', proxy.name, items[user].k, user))));
  const others = holders(number).filter(name => name !== proxy.name);
  parts.push(...section(`The same in ${count(others.length, 'other proxy').replace(/proxys$/, 'proxies')}`,
    others.slice(0, 20).map(name => link(name, 'proxy', name))));
  parts.push(el('h3', {}, 'Configuration'),
    lines(number) ? el('pre', {}, lines(number).join('\n')) : missingText());
  return el('div', { class: 'panel', id: 'detail' }, parts);
}

// MARK: Search

function showSearch(text) {
  const wanted = text.toLowerCase();
  const found = [];
  for (const proxy of data.proxies) {
    if (proxy.name.toLowerCase().includes(wanted)) found.push(el('div', {}, 'proxy ', link(proxy.name, 'proxy', proxy.name)));
    for (const [kind, note] of proxy.notes) {
      if (`${kind} ${note}`.toLowerCase().includes(wanted)) {
        found.push(el('div', {}, 'note of ', link(proxy.name, 'proxy', proxy.name), `: ${kind}: ${note}`));
      }
    }
  }
  const limit = 300;
  items.forEach((item, number) => {
    if (found.length > limit) return;
    const isNamed = item.n.toLowerCase().includes(wanted);
    if (!isNamed && !(item.t || '').toLowerCase().includes(wanted)) return;
    const who = holders(number);
    if (!who.length) return;
    found.push(el('div', {}, `${item.k} `, link(item.n || '(no name)', 'proxy', who[0], item.k, number),
      el('span', { class: 'soft' }, `${isNamed ? '' : ' in its text'}, held by ${who.length}`)));
  });
  const title = found.length > limit ? `The first ${limit} places of ${text}` : `${count(found.length, 'place')} of ${text}`;
  show(el('h1', {}, title), el('div', { class: 'panel', id: 'found' }, found));
}

// MARK: The map

/** The workloads, and who can send to whom: a workload has a cluster of the other's service. */
function workloads() {
  const nodes = new Map();
  for (const proxy of data.proxies) {
    const key = `${proxy.namespace}/${proxy.workload || proxy.name}`;
    if (!nodes.has(key)) {
      nodes.set(key, { key, name: proxy.workload || proxy.name, namespace: proxy.namespace, proxies: [],
        verdict: 'ok', hosts: new Set(), calls: new Set() });
    }
    const node = nodes.get(key);
    node.proxies.push(proxy.name);
    if (proxy.verdict === 'problem') node.verdict = 'problem';
    for (const number of held(proxy)) {
      const item = items[number];
      if (item.k !== 'clusters') continue;
      if (item.n.startsWith('inbound')) (item.h || []).forEach(host => node.hosts.add(host));
    }
    for (const key of users(proxy).keys()) {
      if (!key.startsWith('clusters outbound|')) continue;
      node.calls.add(key.slice(key.lastIndexOf('|') + 1));
    }
  }
  const servers = new Map();
  for (const node of nodes.values()) {
    for (const host of node.hosts) servers.set(host, [...servers.get(host) || [], node]);
  }
  for (const node of nodes.values()) {
    node.to = new Set([...node.calls].flatMap(host => servers.get(host) || []).filter(other => other !== node));
  }
  return [...nodes.values()].sort((a, b) => a.key.localeCompare(b.key));
}

function showMap() {
  const nodes = workloads();
  const [width, height, gap] = [170, 30, 22];
  const columns = Math.max(1, Math.min(7, Math.ceil(Math.sqrt(nodes.length))));
  let [x, y, namespace] = [0, 0, null];
  const drawing = svg('svg', { role: 'img', 'aria-label': 'Workloads and who can send to whom' });
  const edges = svg('g', {});
  drawing.append(edges);
  for (const node of nodes) {
    if (node.namespace !== namespace) {
      namespace = node.namespace;
      y += x > 0 ? height + gap : 0;
      x = 0;
      const text = svg('text', { x: 10, y: y + 18 });
      text.textContent = namespace || '(no namespace)';
      drawing.append(text);
      y += 26;
    }
    [node.x, node.y] = [10 + x * (width + gap), y];
    x++;
    if (x === columns) [x, y] = [0, y + height + gap];
    const label = svg('text', { x: node.x + 8, y: node.y + 19 });
    label.textContent = node.name.length > 24 ? `${node.name.slice(0, 23)}…` : node.name;
    const title = svg('title', {});
    title.textContent = `${node.key}: ${count(node.proxies.length, 'proxy').replace(/proxys$/, 'proxies')}`;
    const choose = () => select(node);
    node.element = svg('g', { class: 'node', tabindex: '0', onclick: choose,
      onkeydown: event => { if (event.key === 'Enter') choose(); } },
      svg('rect', { class: `box ${node.verdict}`, x: node.x, y: node.y, width, height, rx: 5 }), label, title);
    drawing.append(node.element);
  }
  const right = 10 + columns * (width + gap);
  drawing.style.maxWidth = `${right * 1.25}px`;
  drawing.setAttribute('viewBox', `0 0 ${right} ${y + (x > 0 ? height : 0) + 20}`);
  const info = el('div', { class: 'panel', id: 'workload' });
  const edge = (from, to, kind) => {
    const [x1, y1, x2, y2] = [from.x + width / 2, from.y + height / 2, to.x + width / 2, to.y + height / 2];
    const bend = 24 + Math.abs(x2 - x1) / 12;
    edges.append(svg('path', { class: `edge ${kind}`,
      d: `M${x1},${y1} Q${(x1 + x2) / 2},${(y1 + y2) / 2 - bend} ${x2},${y2}` }));
  };
  const select = node => {
    edges.replaceChildren();
    const near = new Set([node, ...node.to]);
    for (const other of node.to) edge(node, other, 'out');
    for (const other of nodes) {
      if (!other.to.has(node)) continue;
      near.add(other);
      edge(other, node, 'in');
    }
    for (const other of nodes) other.element.classList.toggle('far', !near.has(other));
    info.replaceChildren(el('h2', {}, node.key),
      ...section('Proxies', node.proxies.map(name => link(name, 'proxy', name))),
      ...section('Can send to', [...node.to].map(other => other.key)),
      ...section('Can be reached from', nodes.filter(other => other.to.has(node)).map(other => other.key)));
  };
  const total = nodes.reduce((sum, node) => sum + node.to.size, 0);
  if (total <= 60) for (const node of nodes) for (const other of node.to) edge(node, other, 'out');
  info.append(el('p', { class: 'soft' }, total <= 60 ? 'Who can send to whom, by routes and clusters.'
    : `${total} ways between workloads: choose one to see its own.`));
  show(el('h1', {}, `${count(nodes.length, 'workload')}`), drawing, info);
}

// MARK: Certificates

function showCertificates() {
  const known = data.proxies.filter(proxy => proxy.end)
    .map(proxy => ({ proxy, end: Date.parse(proxy.end) })).sort((a, b) => a.end - b.end);
  if (!known.length) return show(el('h1', {}, 'Certificates'), el('p', {}, 'No certificate is known.'));
  const [first, last] = [known[0].end, known[known.length - 1].end];
  show(el('h1', {}, 'Certificates'), el('p', { class: 'soft' }, 'Those that expire first come first.'),
    el('div', { class: 'wide' }, el('table', {}, el('thead', {}, el('tr', {}, el('th', {}, 'Proxy'),
      el('th', {}, 'Valid until'), el('th', { style: 'width:40%' }, ''))),
    el('tbody', {}, known.map(({ proxy, end }) => el('tr', {},
      el('td', {}, link(proxy.name, 'proxy', proxy.name)), el('td', {}, proxy.end),
      el('td', {}, el('div', { class: proxy.notes.some(([kind]) => kind === 'certificate-expiry') ? 'bar late' : 'bar',
        style: `width:${last === first ? 100 : 4 + 96 * (end - first) / (last - first)}%` }))))))));
}

// MARK: Where to

function route() {
  const parts = location.hash.replace(/^#\//, '').split('/').map(decodeURIComponent);
  switch (parts[0]) {
    case 'proxy': return showProxy(parts[1], parts[2], parts[3]);
    case 'search': return showSearch(parts[1] || '');
    case 'map': return showMap();
    case 'certificates': return showCertificates();
    default:
      view.hidden = true;
      report.hidden = false;
  }
}

function moveSelection(step) {
  const rows = [...document.querySelectorAll('#proxies tbody tr:not([hidden])')];
  if (report.hidden || !rows.length) return;
  const old = rows.findIndex(row => row.classList.contains('selected'));
  const next = Math.max(0, Math.min(rows.length - 1, old + step));
  if (old >= 0) rows[old].classList.remove('selected');
  rows[next].classList.add('selected');
  rows[next].scrollIntoView({ block: 'nearest' });
  rows[next].querySelector('a').focus();
}

search.addEventListener('change', () => { location.hash = search.value ? address('search', search.value) : '#/'; });
document.getElementById('theme').addEventListener('click', () => {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'light' : 'dark';
});
document.addEventListener('keydown', event => {
  if (event.target.matches('input, select, textarea') || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '/') { event.preventDefault(); search.focus(); }
  if (event.key === 'j') moveSelection(1);
  if (event.key === 'k') moveSelection(-1);
  if (event.key === 'Escape') history.back();
  if (event.key === 'm') location.hash = '#/map';
});
addEventListener('hashchange', route);
start();
route();
