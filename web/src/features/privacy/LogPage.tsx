import { useMutation, useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { answer, api, everyItem, keys, sentence, type MyLogEntry } from '@/api';
import { dayAndTime } from '@/base/dates';
import { knownKeys } from '@/base/signatures';
import { t, type WordKey } from '@/i18n';
import { Bone, Bones, Button, Empty, Failure, TryAgain } from '@/ui';
import css from './privacy.module.css';
import { checkEntry, type Checked } from './proofs';

const verdicts: Record<Checked | 'cannot', WordKey> = {
  right: 'log.good',
  'right-unsigned': 'log.good_unsigned',
  wrong: 'log.bad',
  cannot: 'log.cannot',
};

/** The person's own entries in the transparency log, each of which the browser can check by itself. */
export function LogPage() {
  const head = useQuery({ queryKey: keys.logHead, queryFn: () => answer(api.GET('/log/head')) });
  const log = useQuery({
    queryKey: keys.myLog,
    queryFn: () => everyItem(cursor => answer(api.GET('/me/log', { params: { query: { limit: 200, cursor } } }))),
  });
  return (
    <>
      <header className={css.head}>
        <h1>{t('privacy.log')}</h1>
        <p>{t('log.text')}</p>
      </header>
      {head.data && (
        <p className={css.use}>
          {t('log.head', { size: head.data.size, when: dayAndTime(head.data.at), key: head.data.key_id })}
        </p>
      )}
      {log.isPending && (
        <Bones>
          <Bone width="100%" height={56} />
        </Bones>
      )}
      {log.isError && <TryAgain text={sentence(log.error)} again={log.refetch} />}
      {log.data?.length === 0 && <Empty title={t('log.empty')} />}
      {log.data && log.data.length > 0 && (
        <ul className={css.rows}>
          {log.data.toReversed().map(entry => (
            <Entry key={entry.number} entry={entry} />
          ))}
        </ul>
      )}
    </>
  );
}

async function check(entry: MyLogEntry): Promise<Checked | 'cannot'> {
  if (!('subtle' in crypto)) return 'cannot';
  const head = await answer(api.GET('/log/head'));
  const query = { index: entry.number, size: head.size };
  const proof = await answer(api.GET('/log/proofs/inclusion', { params: { query } }));
  const known = await knownKeys();
  return checkEntry(entry, proof, head, known.find(key => key.key_id === head.key_id)?.public_key ?? '');
}

function Entry({ entry }: { entry: MyLogEntry }) {
  const checking = useMutation({ mutationFn: () => check(entry) });
  const verdict = checking.data;
  const isWrong = verdict === 'wrong';
  return (
    <li className={css.row}>
      <div className={css.words}>
        <strong>{t(`log.kind.${entry.kind}`)}</strong>
        <span>
          {t('log.entry', { number: entry.number })}, {dayAndTime(entry.at)}
        </span>
        <details className={css.statement}>
          <summary>
            <code>{entry.commitment.slice(0, 16)}…</code>
          </summary>
          <code>{entry.statement}</code>
        </details>
        {verdict && (
          <span role="status" className={isWrong ? css.wrong : css.right}>
            {isWrong ? <CircleAlert size={15} aria-hidden /> : <CircleCheck size={15} aria-hidden />}
            {t(verdicts[verdict])}
          </span>
        )}
      </div>
      {checking.isError && <Failure text={sentence(checking.error)} />}
      <Button busy={checking.isPending} onClick={() => checking.mutate()}>
        {t('log.check')}
      </Button>
    </li>
  );
}
