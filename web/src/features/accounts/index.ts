export { Entrance } from './Entrance';
export { SignInPage } from './SignInPage';
export { SignUpPage } from './SignUpPage';
export { learnManner, placeQuery, writeAs } from './place';
export { instanceQuery, meQuery, policyQuery, useForgetPerson, useMe, useSignOut } from './me';
export { askIdentity, confirmed, needsPassword } from './identity';
export { LegalLinks } from './LegalLinks';
export { IdentityGate } from './IdentityGate';
