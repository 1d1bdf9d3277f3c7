import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { History, ListChecks, MessageSquare, Search, SquareCheck } from 'lucide-react';
import { answer, api, keys, sentence, type SearchHit } from '@/api';
import { Page, TopLine } from '@/features/frame';
import { Offer } from '@/features/offers';
import { useSwitch } from '@/features/insight';
import { t } from '@/i18n';
import { Bone, Bones, Button, Empty, Failure, TryAgain } from '@/ui';
import css from './SearchPage.module.css';
import { pieces } from './snippet';
import { useSearchPages } from './useSearchHits';

const icons = { task: SquareCheck, comment: MessageSquare, checklist: ListChecks };

export function SearchPage() {
  const { workspace } = useParams({ from: '/inside/w/$workspace' });
  const { q = '' } = useSearch({ from: '/inside/w/$workspace/search' });
  const navigate = useNavigate();
  const [wanted, setWanted] = useState(q);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (wanted.trim() !== q)
        void navigate({ to: '.', search: wanted.trim() ? { q: wanted.trim() } : {}, replace: true });
    }, 150);
    return () => clearTimeout(timer);
  }, [wanted, q, navigate]);
  return (
    <>
      <TopLine title={t('frame.search')} />
      <Page>
        <div>
          <div className={css.field}>
            <Search size={18} aria-hidden />
            <input
              type="search"
              aria-label={t('search.field')}
              placeholder={t('search.field')}
              dir="auto"
              // eslint-disable-next-line jsx-a11y/no-autofocus -- the page is this field
              autoFocus
              value={wanted}
              onChange={event => setWanted(event.target.value)}
            />
          </div>
          <Hits workspace={workspace} wanted={q} suggest={setWanted} />
        </div>
        <Offer page="search" />
      </Page>
    </>
  );
}

/** What one searches for most, where search history is on. */
function Suggestions({ suggest }: { suggest: (term: string) => void }) {
  const isOn = useSwitch('search_history');
  const searches = useQuery({ queryKey: keys.searches, queryFn: () => answer(api.GET('/me/searches')), enabled: isOn });
  const terms = isOn ? (searches.data?.searches ?? []) : [];
  if (terms.length === 0) return <Empty title={t('search.start')} text={t('search.start_text')} />;
  return (
    <section className={css.suggestions} aria-label={t('search.often')}>
      <h2>{t('search.often')}</h2>
      <ul>
        {terms.map(({ term }) => (
          <li key={term}>
            <button type="button" dir="auto" onClick={() => suggest(term)}>
              <History size={15} aria-hidden />
              {term}
            </button>
          </li>
        ))}
      </ul>
      <Link to="/me/activity">{t('search.often_reset')}</Link>
    </section>
  );
}

type HitsProps = { workspace: string; wanted: string; suggest: (term: string) => void };

function Hits({ workspace, wanted, suggest }: HitsProps) {
  const hits = useSearchPages(workspace, wanted);
  if (wanted === '') return <Suggestions suggest={suggest} />;
  if (hits.isPending) {
    return (
      <Bones>
        <div className={css.bones}>
          {[80, 64, 72].map(width => (
            <Bone key={width} width={`${width}%`} height={36} />
          ))}
        </div>
      </Bones>
    );
  }
  if (hits.isError && !hits.data) return <TryAgain text={sentence(hits.error)} again={hits.refetch} />;
  const found = hits.data.pages.flatMap(page => page.items);
  if (found.length === 0) return <Empty title={t('search.nothing', { wanted })} text={t('search.nothing_text')} />;
  return (
    <>
      <p className="only-read" role="status">
        {t('search.found', { count: found.length })}
      </p>
      <ul className={css.hits}>
        {found.map(hit => (
          <HitRow key={`${hit.kind} ${hit.id}`} workspace={workspace} hit={hit} />
        ))}
      </ul>
      {hits.isFetchNextPageError && <Failure text={sentence(hits.error)} />}
      {hits.hasNextPage && (
        <Button busy={hits.isFetchingNextPage} onClick={() => void hits.fetchNextPage()}>
          {t('common.load_more')}
        </Button>
      )}
    </>
  );
}

function HitRow({ workspace, hit }: { workspace: string; hit: SearchHit }) {
  const Icon = icons[hit.kind];
  return (
    <li>
      <Link
        to="/w/$workspace/p/$project/t/$key"
        params={{ workspace, project: hit.project_id, key: hit.key }}
        className={css.hit}
      >
        <Icon size={16} aria-hidden />
        <div className={css.words}>
          <p className={css.title} dir="auto">
            {hit.title}
          </p>
          <p className={css.snippet} dir="auto">
            {pieces(hit.snippet).map((piece, index) =>
              piece.isHit ? <mark key={index}>{piece.text}</mark> : piece.text,
            )}
          </p>
          <p className={css.meta}>
            <span>{hit.key}</span>
            <span dir="auto">{hit.project_name}</span>
            <span>{t(`search.kind.${hit.kind}`)}</span>
            {hit.archived && <span>{t('task.archived')}</span>}
          </p>
        </div>
      </Link>
    </li>
  );
}
