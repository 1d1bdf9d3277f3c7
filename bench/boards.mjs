/** Makes boards of any size in the shape of Trello's exports, the same ones each time. */
const words = `paint window order chairs poster insurance workbench kettle lamp drawer garden screws radio letter budget rota
  bicycle sewing library invoice żółć größe señal 海报 修理 カード задача ordner märz café`.split(/\s+/);
/** Words that nobody means, so that a text has as many different ones as a text has. */
const syllables = 'ka lo mi ne ru sta ven dor pil gra tem os ber fin hal jo'.split(' ');
const usualWords = 3_000;
const listNames = ['Ideas', 'To do', 'In progress', 'Review', 'Done'];
const colors = ['green', 'red', 'sky', 'yellow', 'purple', 'orange', 'pink', 'lime'];

/** Mulberry32: small, and the same on every machine. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return below => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

class BoardMaker {
  constructor(number, cards, team) {
    this.number = number;
    this.team = team;
    this.cards = cards;
    this.random = randomFrom(number);
  }

  /** 24 hexadecimal digits as Trello gives: seconds since 1970, then what makes it the only one. */
  id(kind, index) {
    const hex = (value, digits) => value.toString(16).padStart(digits, '0');
    return hex(0x68000000 + index, 8) + hex(this.number, 6) + hex(kind, 2) + hex(index, 8);
  }
  /** One word in twenty is of those that are searched for; of the others, some are far more usual than others. */
  word() {
    if (this.random(20) === 0) return words[this.random(words.length)];
    const rank = Math.floor((this.random(usualWords) * this.random(usualWords)) / usualWords);
    return [rank % 16, (rank >> 4) % 16, rank >> 8].map(i => syllables[i]).join('');
  }
  sentence(count) {
    return Array.from({ length: count }, () => this.word()).join(' ');
  }
  member(i) {
    return { id: this.memberId(i), fullName: `Member ${i} Example`, username: `member${i}` };
  }
  memberId(i) {
    return this.team === undefined ? this.id(1, i) : `68${this.team.toString(16).padStart(14, '0')}01${i.toString(16).padStart(6, '0')}`;
  }
  list(name, i) {
    return { id: this.id(3, i), name, closed: false, pos: (i + 1) * 65536 };
  }
  label(color, i) {
    return { id: this.id(2, i), name: `Label ${i}`, color };
  }
  card(i) {
    return {
      id: this.id(5, i), idBoard: this.id(0, 0), idList: this.id(3, this.random(listNames.length)), idShort: i + 1,
      name: `${this.sentence(5)} ${i}`, desc: `${this.sentence(20)}.\n\n- ${this.sentence(6)}\n- ${this.sentence(6)}`,
      closed: false, pos: (i + 1) * 1024, due: i % 3 ? null : '2027-02-03T10:00:00.000Z', dueComplete: false, start: null,
      dateLastActivity: '2026-10-01T10:00:00.000Z', idMembers: i % 2 ? [this.memberId(i % 8)] : [],
      idLabels: [this.id(2, i % 8), this.id(2, (i + 3) % 8)], idMembersVoted: [], labels: [], limits: {}, subscribed: false,
      badges: { votes: 0, attachments: 0, comments: i % 10 ? 0 : 1, description: true }, checkItemStates: [], idChecklists: [],
      shortUrl: `https://example.com/c/${i}`, cover: { idAttachment: null, color: null, size: 'normal' }, attachments: [],
      customFieldItems: [], pluginData: [],
    };
  }
  checklist(i) {
    const checkItems = [0, 1, 2, 3].map(item => ({
      id: this.id(7, i * 4 + item), name: this.sentence(3), pos: (item + 1) * 16384, state: item % 2 ? 'complete' : 'incomplete',
    }));
    return { id: this.id(6, i), idCard: this.id(5, i * 4), name: 'Steps', pos: 16384, checkItems };
  }
  comment(i) {
    return {
      id: this.id(4, i), idMemberCreator: this.memberId(i % 8), type: 'commentCard', date: '2026-09-01T10:00:00.000Z',
      data: { text: this.sentence(12), card: { id: this.id(5, i * 10), name: '' } }, memberCreator: this.member(i % 8),
    };
  }
  make() {
    const times = (count, each) => Array.from({ length: Math.floor(count) }, (_, i) => each(i));
    return {
      id: this.id(0, 0), name: `Board ${this.number}`, desc: '', closed: false,
      actions: times(Math.min(1000, this.cards / 10), i => this.comment(i)),
      cards: times(this.cards, i => this.card(i)),
      checklists: times(this.cards / 4, i => this.checklist(i)),
      members: times(8, i => this.member(i)),
      labels: colors.map((color, i) => this.label(color, i)),
      lists: listNames.map((name, i) => this.list(name, i)),
      customFields: [],
    };
  }
}

/** Boards of different numbers have no id in common, but for those of the members when the boards are of one team. */
export const makeBoard = (number, cards, { team } = {}) => JSON.stringify(new BoardMaker(number, cards, team).make());
