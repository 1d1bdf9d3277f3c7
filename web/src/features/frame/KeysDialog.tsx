import { t, type WordKey } from '@/i18n';
import { Dialog, Kbd } from '@/ui';
import css from './KeysDialog.module.css';

const groups: { word: WordKey; keys: [string[], WordKey][] }[] = [
  {
    word: 'keys.everywhere',
    keys: [
      [['Ctrl', 'K'], 'keys.palette'],
      [['c'], 'keys.create'],
      [['/'], 'keys.search'],
      [['g', 'h'], 'keys.home'],
      [['g', 'p'], 'keys.privacy'],
      [['['], 'keys.fold'],
      [['Ctrl', 'Z'], 'keys.undo'],
      [['?'], 'keys.help'],
    ],
  },
  {
    word: 'keys.on_board',
    keys: [
      [['←', '↑', '↓', '→'], 'keys.walk'],
      [['Enter'], 'keys.open'],
      [['Space'], 'keys.pick_up'],
      [['Esc'], 'keys.put_back'],
      [['f'], 'keys.filter'],
    ],
  },
  {
    word: 'keys.on_task',
    keys: [
      [['s'], 'keys.status'],
      [['a'], 'keys.assign'],
      [['l'], 'keys.label'],
      [['p'], 'keys.priority'],
      [['d'], 'keys.due'],
      [['Esc'], 'keys.close'],
    ],
  },
];

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t('keys.title')} width={640} onClose={onClose}>
      <div className={css.groups}>
        {groups.map(group => (
          <section key={group.word}>
            <h3>{t(group.word)}</h3>
            <dl className={css.keys}>
              {group.keys.map(([names, word]) => (
                <div key={word}>
                  <dt>{t(word)}</dt>
                  <dd>
                    {names.map(name => (
                      <Kbd key={name}>{name}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
