import { Suspense, useState } from 'react';
import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { sentence, type Board, type Comment, type Task } from '@/api';
import { ago, dayAndTime } from '@/base/dates';
import { useMe } from '@/features/accounts';
import { MarkdownEditor, Mentioned } from '@/features/markdown';
import { isAdmin, useWorkspace } from '@/features/workspaces';
import { t } from '@/i18n';
import { Avatar, Bone, Bones, Failure, IconButton, Menu, MenuItem } from '@/ui';
import css from './Comments.module.css';
import { useComments } from './queries';
import panel from './TaskPanel.module.css';
import { SaveFailure, SensitiveWarning } from './Sensitive';
import { useCommentChanges } from './useCommentChanges';
import { newIdempotencyKey } from './useCreateTask';
import { useKnownPeople, usePeople } from './usePeople';

export function Comments({ task }: { task: Task; board: Board }) {
  const comments = useComments(task.workspace_id, task.id);
  return (
    <section className={panel.section} aria-label={t('comment.title')}>
      <div className={panel.heading}>
        <h3>{t('comment.title')}</h3>
        {comments.data && comments.data.length > 0 && <span className={panel.count}>{comments.data.length}</span>}
      </div>
      {comments.isPending && (
        <Bones>
          <Bone width="100%" height={56} />
        </Bones>
      )}
      {comments.isError && <Failure text={sentence(comments.error)} again={() => void comments.refetch()} />}
      {comments.data && comments.data.length > 0 && (
        <ol className={css.comments}>
          {comments.data.map(comment => (
            <CommentRow key={comment.id} task={task} comment={comment} />
          ))}
        </ol>
      )}
      <NewComment task={task} />
    </section>
  );
}

function CommentRow({ task, comment }: { task: Task; comment: Comment }) {
  const { edit, remove } = useCommentChanges(task);
  const me = useMe();
  const nameOf = usePeople(task.workspace_id);
  const people = useKnownPeople(task.workspace_id);
  const [isEditing, setEditing] = useState(false);
  const [typed, setTyped] = useState('');
  const name = nameOf(comment.author_id);
  const isMine = me?.id === comment.author_id;
  const mayDelete = isAdmin(useWorkspace(task.workspace_id)) || isMine;
  const save = (body: string, keep_sensitive?: true) =>
    edit.mutate({ comment, body, keep_sensitive }, { onSuccess: () => setEditing(false) });
  return (
    <li className={css.comment}>
      <Avatar person={{ id: comment.author_id ?? '', name }} size={24} />
      <div className={css.body}>
        <div className={css.head}>
          <strong dir="auto">{name}</strong>
          <time dateTime={comment.created_at} title={dayAndTime(comment.created_at)}>
            {ago(comment.created_at)}
          </time>
          {comment.edited && <span>{t('comment.edited')}</span>}
          {mayDelete && (
            <Menu
              button={
                <IconButton tiny label={t('comment.more')} className={css.menu}>
                  <Ellipsis size={14} />
                </IconButton>
              }
            >
              {isMine && (
                <MenuItem icon={<Pencil size={14} />} onSelect={() => setEditing(true)}>
                  {t('common.edit')}
                </MenuItem>
              )}
              <MenuItem icon={<Trash2 size={14} />} isDangerous onSelect={() => remove.mutate(comment.id)}>
                {t('common.delete')}
              </MenuItem>
            </Menu>
          )}
        </div>
        <Suspense fallback={<Bone width="100%" height={24} />}>
          {isEditing ? (
            <MarkdownEditor
              label={t('comment.edit')}
              text={comment.body}
              people={people}
              isBusy={edit.isPending}
              onSave={body => save(body)}
              onType={setTyped}
              onCancel={() => setEditing(false)}
            />
          ) : (
            <Mentioned text={comment.body} people={people} />
          )}
        </Suspense>
        {remove.isError && <Failure text={sentence(remove.error)} />}
        {edit.isError ? (
          <SaveFailure error={edit.error} keep={() => save(edit.variables.body, true)} />
        ) : (
          isEditing && <SensitiveWarning workspace={task.workspace_id} text={typed} />
        )}
      </div>
    </li>
  );
}

/** A plain line until it is wanted; then the editor, which is fetched only now. */
function NewComment({ task }: { task: Task }) {
  const { add } = useCommentChanges(task);
  const people = useKnownPeople(task.workspace_id);
  const [isOpen, setOpen] = useState(false);
  const [idempotencyKey, setKey] = useState(newIdempotencyKey);
  const [typed, setTyped] = useState('');
  if (!isOpen) {
    return (
      <button type="button" className={css.new} onClick={() => setOpen(true)}>
        {t('comment.write')}
      </button>
    );
  }
  const save = (body: string, keep_sensitive?: true) => {
    if (body.trim() === '') return setOpen(false);
    add.mutate(
      { body, keep_sensitive, idempotencyKey },
      {
        onSuccess: () => {
          setOpen(false);
          setTyped('');
          setKey(newIdempotencyKey());
        },
      },
    );
  };
  return (
    <Suspense fallback={<Bone width="100%" height={64} />}>
      <MarkdownEditor
        label={t('comment.write')}
        text=""
        people={people}
        act={t('comment.send')}
        isBusy={add.isPending}
        onSave={body => save(body)}
        onType={setTyped}
        onCancel={() => setOpen(false)}
      />
      {add.isError ? (
        <SaveFailure error={add.error} keep={() => save(add.variables.body, true)} />
      ) : (
        <SensitiveWarning workspace={task.workspace_id} text={typed} />
      )}
    </Suspense>
  );
}
