"""The tests, a folder for each subject; what several folders share stands beside this file."""
