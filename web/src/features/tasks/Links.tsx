import { ExternalLink, X } from 'lucide-react';
import { useMutation } from '@tanstack/react-query';
import { answer, api, sentence, type Task } from '@/api';
import { useSwitch } from '@/features/insight';
import { t } from '@/i18n';
import { Failure, IconButton, offerUndo } from '@/ui';
import { AddLine } from './AddLine';
import css from './Links.module.css';
import panel from './TaskPanel.module.css';
import { useAcceptTask } from './useChecklist';

function useLinks(task: Task) {
  const accept = useAcceptTask(task.project_id);
  const mutationKey = ['change-task', task.project_id];
  const path = { workspace: task.workspace_id, task: task.id };
  const add = useMutation({
    mutationKey,
    mutationFn: (body: { title?: string; url: string }) =>
      answer(api.POST('/workspaces/{workspace}/tasks/{task}/links', { params: { path }, body })),
    onSuccess: accept,
  });
  const remove = useMutation({
    mutationKey,
    mutationFn: (link: Task['links'][number]) =>
      answer(
        api.DELETE('/workspaces/{workspace}/tasks/{task}/links/{link}', {
          params: { path: { ...path, link: link.id } },
        }),
      ),
    onSuccess: (answered, { title, url }) => {
      accept(answered);
      offerUndo(t('links.said.removed'), () => add.mutate({ title, url }));
    },
  });
  return { add, remove };
}

function host(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

function isSafe(url: string): boolean {
  return /^(https?|mailto):/i.test(url);
}

/** The link's id alone; where it leads is nobody's business. */
function noticeClick(id: string): void {
  void api.POST('/me/clicks', { body: { thing: 'link', id }, keepalive: true }).catch(() => undefined);
}

export function Links({ task, canEdit }: { task: Task; canEdit: boolean }) {
  const { add, remove } = useLinks(task);
  const isNoticed = useSwitch('usage_statistics');
  return (
    <section className={panel.section} aria-label={t('links.title')}>
      {task.links.length > 0 && (
        <div className={panel.heading}>
          <h3>{t('links.title')}</h3>
        </div>
      )}
      <ul className={css.links}>
        {task.links.map(link => (
          <li key={link.id} className={css.link}>
            <ExternalLink size={14} aria-hidden />
            {isSafe(link.url) ? (
              <a
                href={link.url}
                target="_blank"
                rel="noreferrer noopener"
                dir="auto"
                onClick={() => isNoticed && noticeClick(link.id)}
              >
                {link.title || link.url}
              </a>
            ) : (
              <span dir="auto">{link.title || link.url}</span>
            )}
            <span className={css.host}>{link.title ? host(link.url) : ''}</span>
            {canEdit && (
              <IconButton
                tiny
                label={t('links.remove', { title: link.title || link.url })}
                onClick={() => remove.mutate(link)}
              >
                <X size={14} />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {remove.isError && <Failure text={sentence(remove.error)} again={() => remove.mutate(remove.variables)} />}
      {canEdit && (
        <AddLine
          label={t('links.add')}
          onAdd={text => add.mutateAsync({ url: /^[a-z]+:/i.test(text) ? text : `https://${text}` })}
        />
      )}
    </section>
  );
}
