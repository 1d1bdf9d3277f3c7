import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, keys, sentence } from '@/api';
import { longDay } from '@/base/dates';
import { t } from '@/i18n';
import { Button, Failure } from '@/ui';
import { useWorkspace } from './queries';
import css from './workspaces.module.css';

/** The workspace's last owner has gone: until when it is there, and the way to keep it. */
export function ClosingNotice({ workspace: id }: { workspace: string }) {
  const client = useQueryClient();
  const workspace = useWorkspace(id);
  const keep = useMutation({
    mutationFn: () => answer(api.DELETE('/workspaces/{workspace}/closing', { params: { path: { workspace: id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.workspaces }),
  });
  if (!workspace?.closes_at) return null;
  return (
    <div className={css.closing} role="status">
      <span>
        {t('closing.text', { when: longDay(workspace.closes_at) })}{' '}
        {workspace.role === 'guest' && t('closing.ask_admin')}
      </span>
      {keep.isError && <Failure text={sentence(keep.error)} />}
      {workspace.role !== 'guest' && (
        <Button busy={keep.isPending} onClick={() => keep.mutate()}>
          {t('closing.keep')}
        </Button>
      )}
    </div>
  );
}
