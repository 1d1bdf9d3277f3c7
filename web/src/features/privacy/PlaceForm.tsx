import { useState, type SubmitEvent } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, asProblem, keys, sentence, type Place } from '@/api';
import { placeQuery, writeAs } from '@/features/accounts';
import { t } from '@/i18n';
import { Bone, Bones, Button, Failure, Notice, say, SelectField, TryAgain } from '@/ui';
import { allCountries, countryName, languageName, languageOf, timeZonesOf } from './countries';
import css from './privacy.module.css';

/** The own choice wins; what is usual in the country, chosen or guessed, is offered first. */
export function PlaceForm() {
  const place = useQuery(placeQuery);
  return (
    <section className={css.section} aria-labelledby="place">
      <h2 id="place">{t('place.title')}</h2>
      <p>{t('place.text')}</p>
      {place.isPending && (
        <Bones>
          <Bone width={400} height={120} />
        </Bones>
      )}
      {place.isError && <TryAgain text={sentence(place.error)} again={place.refetch} />}
      {place.data && <Choices answered={place.data} />}
    </section>
  );
}

function Choices({ answered: { place, can_guess } }: { answered: Place }) {
  const client = useQueryClient();
  const [country, setCountry] = useState(place.chosen_country ?? '');
  const [zone, setZone] = useState(place.time_zone ?? '');
  const [manner, setManner] = useState(place.language ?? '');
  const change = useMutation({
    mutationFn: () =>
      answer(
        api.PATCH('/me/place', {
          body: { chosen_country: country || null, time_zone: zone || null, language: manner || null },
        }),
      ),
    onSuccess: answered => {
      client.setQueryData(keys.place, answered);
      void client.invalidateQueries({ queryKey: keys.myData });
      writeAs(answered);
      say(t('place.saved'));
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    change.mutate();
  };
  const where = country || (place.source === 'guessed' ? place.country : null);
  const usualZones = where ? timeZonesOf(where) : [];
  const usualLanguage = where ? languageOf(where) : null;
  const languages = [...new Set([usualLanguage, place.language, ...navigator.languages].filter(tag => tag !== null))];
  const problem = asProblem(change.error);
  return (
    <form className={css.form} onSubmit={submit}>
      {place.source === 'guessed' && place.country && (
        <Notice>{t('place.guessed', { country: countryName(place.country) })}</Notice>
      )}
      {!can_guess && <p className={css.use}>{t('place.cannot_guess')}</p>}
      <SelectField
        label={t('place.country')}
        why={t('place.country_why')}
        value={country}
        wrong={problem?.field('/chosen_country')}
        onChange={event => setCountry(event.target.value)}
      >
        <option value="">{t('place.none')}</option>
        {allCountries().map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('place.time_zone')}
        value={zone}
        wrong={problem?.field('/time_zone')}
        onChange={event => setZone(event.target.value)}
      >
        <option value="">{t('place.browser')}</option>
        {where && usualZones.length > 0 && (
          <optgroup label={t('place.usual', { country: countryName(where) })}>
            {usualZones.map(each => (
              <option key={each}>{each}</option>
            ))}
          </optgroup>
        )}
        <optgroup label={t('place.all')}>
          {Intl.supportedValuesOf('timeZone')
            .filter(each => !usualZones.includes(each))
            .map(each => (
              <option key={each}>{each}</option>
            ))}
        </optgroup>
      </SelectField>
      <SelectField
        label={t('place.language')}
        value={manner}
        wrong={problem?.field('/language')}
        onChange={event => setManner(event.target.value)}
      >
        <option value="">{t('place.browser')}</option>
        {languages.map(tag => (
          <option key={tag} value={tag}>
            {languageName(tag)}
          </option>
        ))}
      </SelectField>
      {change.isError && <Failure text={sentence(change.error)} />}
      <Button type="submit" busy={change.isPending}>
        {t('place.save')}
      </Button>
    </form>
  );
}
