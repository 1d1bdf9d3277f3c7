export { Entrance } from './Entrance';
export { SignInPage } from './SignInPage';
export { SignUpPage } from './SignUpPage';
export { instanceQuery, meQuery, policyQuery, useForgetPerson, useMe, useSignOut } from './me';
