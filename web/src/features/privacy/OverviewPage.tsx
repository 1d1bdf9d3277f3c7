import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useMe } from '@/features/accounts';
import { t } from '@/i18n';
import { Bone, Bones } from '@/ui';
import { facts } from './facts';
import css from './OverviewPage.module.css';
import pageCss from './privacy.module.css';
import { myDataQuery } from './queries';
import { roomsFor, type Room } from './rooms';
import { Totals } from './Totals';

/** My privacy at one look: what is held in words, then a row to each part. */
export function OverviewPage() {
  const me = useMe();
  return (
    <>
      <header className={pageCss.head}>
        <h1>{t('privacy.rooms')}</h1>
        <Statement />
      </header>
      {roomsFor(me?.is_operator ?? false).map(({ group, rooms }) => (
        <section key={group} className={css.group} aria-labelledby={`rooms-${group}`}>
          <h2 id={`rooms-${group}`}>{t(`privacy.group.${group}`)}</h2>
          <ul>
            {rooms.map(room => (
              <RoomRow key={room.to} room={room} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Statement() {
  const data = useQuery(myDataQuery);
  if (data.isPending) {
    return (
      <Bones>
        <div className={css.bones}>
          <Bone width="95%" />
          <Bone width="60%" />
        </div>
      </Bones>
    );
  }
  // The rows below stay of use without the totals; the page of what is held says what went wrong.
  return <p>{data.data ? <Totals data={data.data} /> : t('privacy.text')}</p>;
}

function RoomRow({ room }: { room: Room }) {
  const Fact = facts[room.to ?? ''];
  return (
    <li>
      <Link to={room.to} className={css.room}>
        <room.icon size={18} aria-hidden />
        <span className={css.words}>
          <strong>{t(room.title)}</strong>
          <small>{t(room.about)}</small>
        </span>
        <span className={css.fact}>{Fact && <Fact />}</span>
        <ChevronRight size={16} aria-hidden className={css.more} />
      </Link>
    </li>
  );
}
