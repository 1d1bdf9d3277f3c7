import { useDeferredValue, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { CircleDot } from 'lucide-react';
import { store, stored } from '@/base/stored';
import { useSearchHits } from '@/features/search';
import { t } from '@/i18n';
import { Dialog } from '@/ui';
import { ranked, remembered } from './commands';
import css from './Palette.module.css';
import { useCommands, type Command } from './useCommands';

function recentIds(): string[] {
  return (stored('palette') ?? '').split(',').filter(Boolean);
}

type PaletteProps = { workspace: string; onClose: () => void; onCreate: (() => void) | undefined };

export function Palette({ workspace, onClose, onCreate }: PaletteProps) {
  const [wanted, setWanted] = useState('');
  const [active, setActive] = useState(0);
  const [recent] = useState(recentIds);
  const list = useRef<HTMLUListElement>(null);
  const commands = useCommands(workspace, onCreate);
  const { tasks, isSearching } = useTaskCommands(workspace, useDeferredValue(wanted.trim()));
  const shown = [...ranked(commands, wanted, recent), ...tasks];

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    if (!command.id.startsWith('task ')) store('palette', remembered(recent, command.id).join(','));
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && shown.length > 0) {
      event.preventDefault();
      setActive(now => (now + step + shown.length) % shown.length);
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(shown[active]);
    }
  };
  return (
    <Dialog title={t('palette.title')} isBare width={600} onClose={onClose}>
      <input
        className={css.field}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={shown.length > 0 ? `palette-${active}` : undefined}
        aria-label={t('palette.field')}
        placeholder={t('palette.field')}
        data-autofocus
        dir="auto"
        value={wanted}
        onChange={event => {
          setWanted(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul ref={list} id="palette-list" role="listbox" aria-label={t('palette.title')} className={css.list}>
        {shown.map((command, index) => (
          // Keys go to the field above, which names the active line.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={command.id}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === active}
            className={css.line}
            onMouseMove={() => setActive(index)}
            onClick={() => run(command)}
          >
            <span className={css.icon}>{command.icon}</span>
            <span className={css.words} dir="auto">
              {command.words}
            </span>
            {command.keys && <kbd className={css.keys}>{command.keys}</kbd>}
          </li>
        ))}
      </ul>
      {shown.length === 0 && !isSearching && <p className={css.none}>{t('picker.nothing')}</p>}
    </Dialog>
  );
}

function useTaskCommands(workspace: string, wanted: string): { tasks: Command[]; isSearching: boolean } {
  const navigate = useNavigate();
  const hits = useSearchHits(workspace, wanted.length > 1 ? wanted : '', 8);
  const tasks = (hits.data?.items ?? [])
    .filter((hit, index, all) => all.findIndex(other => other.task_id === hit.task_id) === index)
    .map(hit => ({
      id: `task ${hit.task_id}`,
      words: hit.title,
      keys: hit.key,
      icon: <CircleDot size={16} />,
      run: () =>
        void navigate({
          to: '/w/$workspace/p/$project/t/$key',
          params: { workspace, project: hit.project_id, key: hit.key },
        }),
    }));
  return { tasks, isSearching: hits.isFetching };
}
